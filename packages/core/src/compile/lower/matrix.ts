import { stridesOf } from '../../tensor/shape.ts'
import type { MatrixView } from '../plan.ts'
import { fullAccess, reach, type Access, type Reach } from './access.ts'
import type { Cell } from './cell.ts'
import { element } from './element.ts'
import { operandOf, type Node } from './node.ts'
import { merges, throughView } from './view.ts'

/** Where the matrices of an operand lie in its cell. */
export interface MatrixReach extends Omit<MatrixView, 'buffer'> {
  readonly cell: Cell
}

/** The stride from one item of a batch to the next; `undefined` if there is not one for all axes of the batch. */
function batchStrideOf(sizes: readonly number[], strides: readonly number[]): number | undefined {
  let extent: number | undefined
  let innermost = 0
  for (const [axis, size] of [...sizes.entries()].toReversed()) {
    if (size === 1) continue
    const stride = element(strides, axis)
    if (extent === undefined) innermost = stride
    else if (stride !== extent) return undefined
    extent = stride * size
  }
  return innermost
}

function matrices(
  sizes: readonly number[],
  { offset, strides }: Reach,
  transposed: boolean,
): Omit<MatrixView, 'buffer'> | undefined {
  const batchStride = batchStrideOf(sizes.slice(0, -2), strides.slice(0, -2))
  if (batchStride === undefined) return undefined
  const [row, column] = [element(strides, strides.length - 2), element(strides, strides.length - 1)]
  const [rowStride, columnStride] = transposed ? [column, row] : [row, column]
  return { offset, batchStride, rowStride, columnStride }
}

const accessIn = (access: Access, node: Node, rank: number): Reach =>
  reach(access, stridesOf(node.tensor.shape), rank)

/** The node behind views of it that a matrix product can read where it lies; the operand itself if there is none. */
export function behindViews(operand: Node): Node {
  const { shape } = operand.tensor
  let node = operand
  let access = fullAccess(shape)
  while (node.role === 'view' && !merges(node)) {
    access = throughView(node, access, shape.length)
    node = operandOf(node)
  }
  return matrices(shape, accessIn(access, node, shape.length), false) === undefined ? operand : node
}

/** Where a matrix product finds an operand. */
export function matrixReach(operand: Node, transposed: boolean): MatrixReach {
  const { shape } = operand.tensor
  let node = operand
  let access = fullAccess(shape)
  for (;;) {
    const found = node.cell && matrices(shape, accessIn(access, node, shape.length), transposed)
    if (found !== undefined && node.cell !== undefined) return { cell: node.cell, ...found }
    access = throughView(node, access, shape.length)
    node = operandOf(node)
  }
}
