import {
  fromValues,
  isTensor,
  leaves,
  toArray,
  toNumber,
  type AnyTensor,
  type Layer,
  type LayerInput,
  type Net,
  type ShapeFunction,
  type Tensor,
  type TreeRecord,
  evaluate,
  mul,
  sum,
} from '@pullback/core'
import { updateAny } from '../tensor/tree.ts'

/** One entry of a gradient beside the difference quotient of the function. */
export interface Entry {
  readonly path: string
  readonly position: number
  readonly analytic: number
  readonly numeric: number
  /** How far rounding of the function can put the numeric one off. */
  readonly roundoff: number
}

const step = 1e-4

/** How far a difference quotient may reach to either side of the point. */
export const reach = 2 * step

/** The fourth-order central difference: error of the order of step^4, and of the unit roundoff over step. */
const derivative = (f: (offset: number) => number): number =>
  (8 * (f(step) - f(-step)) - (f(2 * step) - f(-2 * step))) / (12 * step)

const shifted = (tensor: AnyTensor, position: number, offset: number): AnyTensor => {
  const values = toArray(tensor)
  values[position] = (values[position] ?? 0) + offset
  return fromValues(values, [...tensor.shape], tensor.dtype)
}

/** Every entry of `gradient` beside the central difference of `value` by the same entry of `at`. */
export function compare(
  at: TreeRecord,
  gradient: TreeRecord,
  value: (at: TreeRecord) => number,
): readonly Entry[] {
  const roundoff = (4 * Number.EPSILON * Math.max(1, Math.abs(value(at)))) / step
  return leaves(gradient).flatMap(([path, tensor]) =>
    Array.from(toArray(tensor), (analytic, position) => {
      const along = (offset: number) =>
        value(updateAny(at, path, (x) => shifted(x, position, offset)) as TreeRecord)
      return { path, position, analytic, numeric: derivative(along), roundoff }
    }),
  )
}

/**
 * The worst disagreement beyond rounding, relative to the larger of the two numbers, or to a thousandth of the largest
 * gradient where both are small.
 */
export function worstRelativeError(entries: readonly Entry[]): number {
  const largest = Math.max(1e-3, ...entries.map(({ analytic }) => Math.abs(analytic)))
  return Math.max(
    0,
    ...entries.map(({ analytic, numeric, roundoff }) => {
      const size = Math.max(Math.abs(analytic), Math.abs(numeric), largest * 1e-3)
      return Math.max(0, Math.abs(analytic - numeric) - roundoff) / size
    }),
  )
}

const asRecord = (tree: LayerInput | undefined): TreeRecord =>
  tree === undefined ? {} : isTensor(tree) ? { input: tree } : tree

/**
 * The gradients of `<forward(params, input), dOutput>` by all parameters and float inputs, from backward and from
 * central differences.
 */
export function compareLayer<F extends ShapeFunction, P extends TreeRecord>(
  layer: Layer<F, P>,
  params: TreeRecord,
  input: LayerInput,
  dOutput: Tensor,
): readonly Entry[] {
  const net: Net = layer
  const { cache } = net.forward(params, input)
  const backward = net.backward(params, cache, dOutput)
  const dInput = backward.dInput
  const at = { params, input: asRecord(input) }
  const gradients = evaluate<TreeRecord>({ params: backward.dParams, input: asRecord(dInput) })
  return compare(at, gradients, (tree) => {
    const given = tree['input'] as Record<string, AnyTensor>
    const { output } = net.forward(
      tree['params'] as TreeRecord,
      isTensor(input) ? (given['input'] as AnyTensor) : given,
    )
    return toNumber(sum(mul(output as Tensor, dOutput)))
  })
}
