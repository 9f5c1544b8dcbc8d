import { dependencyOrder } from '../evaluate/order.ts'
import { leaves, type Tree } from '../tensor/tree.ts'
import { bytesOf } from './bytes.ts'
import { flopsOf } from './flops.ts'

/** What it takes to compute expressions, one primitive after the other. */
export interface Cost {
  /** Operations on numbers: 2 R K C for a matrix product, one for an element computed or reduced. */
  readonly flops: number
  /** Bytes read and written if every primitive reads its operands from memory and writes its result there. */
  readonly bytes: number
}

/**
 * The cost of all expressions of a tree; what several of them share is counted once.
 *
 * Constants and inputs cost nothing, and so does moving elements in `flops`; `bytes` is what an interpreter without
 * fusion moves, a reshape or broadcast being another view of its operand.
 *
 * @param tree a tensor or a record of trees
 * @example
 * const x = input('x', [5, 3])
 * const W = input('W', [3, 2])
 * cost(matmul(x, W)) // => { flops: 60, bytes: 124 }
 */
export function cost(tree: Tree): Cost {
  let flops = 0
  let bytes = 0
  for (const tensor of dependencyOrder(leaves(tree).map(([, leaf]) => leaf))) {
    flops += flopsOf(tensor)
    bytes += bytesOf(tensor)
  }
  return { flops, bytes }
}
