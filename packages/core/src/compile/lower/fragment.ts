import { stridesOf } from '../../tensor/shape.ts'
import { dimsOf, identityAccess, reach, sameAccess, type Access } from './access.ts'
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

const isSingleConstant = ({ source, length }: Cell): boolean => source.kind === 'constant' && length === 1

/** The code for every element of a node; `computed` says that it be computed though it has a cell. */
export function fragmentOf(node: Node, computed: boolean): Fragment {
  const dims = dimsOf(node.tensor.shape)
  const writer = codeWriter()
  const known = new Map<Node, { readonly access: Access; readonly position: number }[]>()
  const own = identityAccess(node.tensor.shape)
  const densely = { offset: 0, strides: stridesOf(dims) }
  const compute = (of: Node, access: Access): number => {
    const places = known.get(of) ?? []
    const found = places.find((place) => sameAccess(place.access, access))
    if (found !== undefined) return found.position
    const position = codeRule(writing, of, access)
    places.push({ access, position })
    known.set(of, places)
    return position
  }
  const read = (of: Node, access: Access): number => {
    const { cell, tensor } = of
    if (cell === undefined || isSingleConstant(cell)) return compute(of, access)
    const place = access === own ? densely : reach(access, stridesOf(tensor.shape), dims.length)
    return writer.load({ cell, ...place }, tensor.dtype)
  }
  const writing: Writing = { writer, dims, checked: new Set(), read }
  const result = computed ? compute(node, own) : read(node, own)
  return { dims, code: writer.code, loads: writer.loads, result, checked: [...writing.checked] }
}
