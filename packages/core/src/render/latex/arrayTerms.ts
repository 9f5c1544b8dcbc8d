import { equalShapes } from '../../tensor/shape.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { repeatedScalar } from './constantTerm.ts'
import { braced, raised, symbolTerm } from './page.ts'
import { call, product, term, type Term } from './term.ts'
import type { Writing } from './writing.ts'

type One = { readonly operands: readonly [AnyTensor] }

/** The sizes with the last two exchanged; a list of H numbers stands as a row. */
const transposedSizes = (sizes: readonly number[]): readonly number[] =>
  sizes.length === 1 ? [1, ...sizes] : [...sizes.slice(0, -2), ...sizes.slice(-2).toReversed()]

const transposed = ({ page }: Writing, x: Term, { shape }: AnyTensor): Term =>
  raised(page, x, '\\top', transposedSizes(shape))

export function matmulTerm(
  {
    operands: [a, b],
    transposeA,
    transposeB,
  }: {
    readonly operands: readonly [AnyTensor, AnyTensor]
    readonly transposeA: boolean
    readonly transposeB: boolean
  },
  writing: Writing,
): Term {
  const { operand } = writing
  return product(
    transposeA ? transposed(writing, operand(0), a) : operand(0),
    transposeB ? transposed(writing, operand(1), b) : operand(1),
  )
}

/** A reduction by the name that matrices know it by: over the rows `colsum`, over the columns `rowsum`. */
export const reductionTerm =
  (name: 'sum' | 'max' | 'min') =>
  ({ operands: [x], axes }: One & { readonly axes: readonly number[] }, { operand }: Writing): Term => {
    const rank = x.shape.length
    if (axes.length === rank) return call(`\\mathrm{${name}}`, operand(0))
    const matrix = rank === 2 ? (axes[0] === 0 ? 'col' : 'row') : ''
    const suffix = rank === 2 ? '' : `_{${axes.join(', ')}}`
    return call(`\\mathrm{${matrix}${name}}${suffix}`, operand(0))
  }

const withoutOnes = (sizes: readonly number[]): readonly number[] => sizes.filter((size) => size !== 1)

/** Other sizes of the same numbers; axes of size 1 more or less are not written. */
export function reshapeTerm({ operands: [x] }: One, { operand, tensor, page }: Writing): Term {
  const inner = operand(0)
  if (equalShapes(withoutOnes(x.shape), withoutOnes(tensor.shape)))
    return inner.symbol === undefined ? inner : symbolTerm(page, inner.symbol.tex, tensor.shape)
  return call(`\\mathrm{reshape}_{${page.sizes.shape(tensor.shape)}}`, inner)
}

export function transposeTerm(
  { operands: [x], permutation }: One & { readonly permutation: readonly number[] },
  writing: Writing,
): Term {
  const rank = x.shape.length
  const swapsLastTwo = permutation.every(
    (axis, position) => axis === (position < rank - 2 ? position : rank - 2 + (rank - 1 - position)),
  )
  return swapsLastTwo
    ? transposed(writing, writing.operand(0), x)
    : call(`\\mathrm{transpose}_{${permutation.join(', ')}}`, writing.operand(0))
}

/** A number stays a number, b in every row is 1 b^T, and what else is repeated has its own shape below. */
export function broadcastTerm({ operands: [x] }: One, writing: Writing): Term {
  const { operand, tensor, page } = writing
  if (repeatedScalar(tensor) !== undefined) return operand(0)
  if (x.shape.length === 1 && tensor.shape.length === 2 && x.shape[0] === tensor.shape[1])
    return product(
      symbolTerm(page, '\\mathbf{1}', [tensor.shape[0] ?? 1, 1]),
      transposed(writing, operand(0), x),
    )
  return braced(page, operand(0), x)
}

export function sliceTerm(
  {
    operands: [x],
    start,
    stop,
    step,
  }: One & {
    readonly start: readonly number[]
    readonly stop: readonly number[]
    readonly step: readonly number[]
  },
  { operand, page }: Writing,
): Term {
  const ranges = x.shape.map((size, axis) => {
    const [from = 0, to = 0, by = 1] = [start[axis], stop[axis], step[axis]]
    const whole = from === 0 && to === size ? ':' : `${page.sizes.size(from)}:${page.sizes.size(to)}`
    return by === 1 ? whole : `${whole}:${by}`
  })
  const inner = operand(0)
  const tex = inner.tightness === 'application' ? inner.tex : `(${inner.tex})`
  return term(`{${tex}}_{[${ranges.join(',\\, ')}]}`, 'power')
}

/** Matrices side by side with bars between them, or the axis along which anything else is joined. */
export function concatTerm(
  { operands, axis }: { readonly operands: readonly AnyTensor[]; readonly axis: number },
  { operand, tensor }: Writing,
): Term {
  const parts = operands.map((_, index) => operand(index))
  return tensor.shape.length === 2 && axis === 1
    ? term(`[\\, ${parts.map(({ tex }) => tex).join(' \\mid ')} \\,]`, 'application')
    : call(`\\mathrm{concat}_{${axis}}`, ...parts)
}
