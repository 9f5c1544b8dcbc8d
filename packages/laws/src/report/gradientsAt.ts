import {
  derivative,
  elementCount,
  evaluate,
  input,
  isFloat,
  leaves,
  mul,
  sum,
  toArray,
  fromValues,
  type AnyTensor,
  type Tensor,
  type Tree,
} from '@pullback/core'
import type { Sample } from '../sample/sample.ts'

/** What backward gives for one tensor, beside the exact derivative of the layer's own forward. */
export interface Gradient {
  /** As in a `Place`: `params.W`, `input`, `input.logits`. */
  readonly tensor: string
  readonly shape: readonly number[]
  readonly analytic: Float64Array
  readonly expected: Float64Array
}

/** More entries than a person would compare, at a derivative each. */
const mostEntries = 512

const named = (root: string, path: string): string => (path === '' ? root : `${root}.${path}`)

/** The float tensors of a sample that have a gradient, by the names of places. */
export const differentiable = ({ params, input: given }: Sample): ReadonlyMap<string, AnyTensor> =>
  new Map(
    [
      ...leaves(params).map(([path, leaf]) => [named('params', path), leaf] as const),
      ...leaves(given).map(([path, leaf]) => [named('input', path), leaf] as const),
    ].filter(([, leaf]) => isFloat(leaf.dtype)),
  )

/** The gradient of the sum of `output * dOutput` by every entry of a leaf, in forward mode. */
function exactGradient(output: AnyTensor, dOutput: AnyTensor, leaf: AnyTensor): Float64Array {
  const direction = input('direction', [...leaf.shape], leaf.dtype)
  const slope = sum(mul(derivative(output, [[leaf, direction as Tensor]]) as Tensor, dOutput as Tensor))
  return Float64Array.from({ length: elementCount(leaf.shape) }, (_, position) => {
    const unit = new Float64Array(elementCount(leaf.shape))
    unit[position] = 1
    const bindings = { direction: fromValues(unit, [...leaf.shape], leaf.dtype) }
    return toArray(evaluate(slope, bindings))[0] ?? Number.NaN
  })
}

/**
 * The gradients of a sample, tensor by tensor; nothing where the layer throws or a tensor is too large.
 *
 * The exact derivative comes from forward mode and not from differences: here it explains a verdict and is no judge.
 */
export function gradientsAt(sample: Sample): readonly Gradient[] {
  const { layer, params, input: given, dOutput, context } = sample
  try {
    const { output, cache } = layer.forward(params, given, context)
    const backward = layer.backward(params, cache, dOutput)
    const found = new Map<string, Tree>([['params', backward.dParams]])
    if (backward.dInput !== undefined) found.set('input', backward.dInput)
    const analytic = new Map(
      [...found].flatMap(([root, tree]) =>
        leaves(tree).map(([path, leaf]) => [named(root, path), leaf] as const),
      ),
    )
    return [...differentiable(sample)].flatMap(([tensor, leaf]) => {
      const gradient = analytic.get(tensor)
      if (gradient === undefined || elementCount(leaf.shape) > mostEntries) return []
      return [
        {
          tensor,
          shape: leaf.shape,
          analytic: Float64Array.from(toArray(gradient)),
          expected: exactGradient(output, dOutput, leaf),
        },
      ]
    })
  } catch {
    return []
  }
}

/** Whether two lists of numbers are equal but for rounding. */
export function close(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  if (a.length !== b.length) return false
  let scale = 0
  for (let position = 0; position < a.length; position++)
    scale = Math.max(scale, Math.abs(a[position] ?? 0), Math.abs(b[position] ?? 0))
  for (let position = 0; position < a.length; position++)
    if (!(Math.abs((a[position] ?? 0) - (b[position] ?? 0)) <= 1e-10 * scale)) return false
  return true
}
