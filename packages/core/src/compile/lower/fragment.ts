import { stridesOf } from '../../tensor/shape.ts'
import { identityAccess, dimsOf, reach, type Access } from './access.ts'
import type { Cell } from './cell.ts'
import { codeRule } from './codeRules.ts'
import { codeWriter, type CodeList } from './codeList.ts'
import type { Node } from './node.ts'
import type { Writing } from './writing.ts'

/** The code that computes one element of a tensor from what is in memory, in a loop over `dims`. */
export interface Fragment extends CodeList {
  readonly dims: readonly number[]
  readonly result: number
  /** The nodes within it that need their indices checked. */
  readonly checked: readonly Node[]
}

const keyOf = (access: Access): string =>
  access.map(({ start, steps }) => `${start} ${steps.join(' ')}`).join(',')

const isSingleConstant = ({ source, length }: Cell): boolean => source.kind === 'constant' && length === 1

/** The code for every element of a node; `computed` says that it be computed though it has a cell. */
export function fragmentOf(node: Node, computed: boolean): Fragment {
  const dims = dimsOf(node.tensor.shape)
  const writer = codeWriter()
  const known = new Map<Node, Map<string, number>>()
  const compute = (of: Node, access: Access): number => {
    const places = known.get(of) ?? new Map<string, number>()
    known.set(of, places)
    const key = keyOf(access)
    const found = places.get(key) ?? codeRule(writing, of, access)
    places.set(key, found)
    return found
  }
  const read = (of: Node, access: Access): number => {
    const { cell, tensor } = of
    if (cell === undefined || isSingleConstant(cell)) return compute(of, access)
    return writer.load({ cell, ...reach(access, stridesOf(tensor.shape), dims.length) }, tensor.dtype)
  }
  const writing: Writing = { writer, dims, checked: new Set(), read }
  const access = identityAccess(node.tensor.shape)
  const result = computed ? compute(node, access) : read(node, access)
  return { dims, code: writer.code, loads: writer.loads, result, checked: [...writing.checked] }
}
