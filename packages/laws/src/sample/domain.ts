import {
  abs,
  dependencyOrder,
  evaluate,
  isFloat,
  mapTree,
  sigmoid,
  toArray,
  type AnyTensor,
  type Tensor,
  type Tree,
} from '@pullback/core'
import { bindingsOf, formOf } from '../expression/evaluateSample.ts'
import { expressionsOf } from '../expression/expressions.ts'
import type { Sample } from './sample.ts'

const partial = new Set(['log', 'log1p', 'sqrt', 'div', 'pow'])

const isPartial = new WeakMap<AnyTensor, boolean>()

/** Whether the output is built by operations that are not defined everywhere. */
function mayBeUndefined(output: AnyTensor): boolean {
  const known = isPartial.get(output)
  if (known !== undefined) return known
  const found = dependencyOrder([output]).some(({ expression }) => partial.has(expression.op))
  isPartial.set(output, found)
  return found
}

const floats = <T extends Tree>(tree: T, change: (x: Tensor) => Tensor): T =>
  evaluate(mapTree(tree, (x) => (isFloat(x.dtype) ? change(x as Tensor) : x)))

const changes: readonly ((sample: Sample) => Sample)[] = [
  (sample) => sample,
  (sample) => ({ ...sample, input: floats(sample.input as Tree, abs) as Sample['input'] }),
  (sample) => ({ ...sample, input: floats(sample.input as Tree, sigmoid) as Sample['input'] }),
  (sample) => ({
    ...sample,
    input: floats(sample.input as Tree, sigmoid) as Sample['input'],
    params: floats(sample.params, sigmoid),
  }),
]

/**
 * The sample, or, where the layer is not defined at it, as a logarithm is not below 0, the same with its numbers made
 * positive or squeezed between 0 and 1. A layer that fails there too keeps the sample, for the laws to judge.
 */
export function insideDomain(sample: Sample): Sample {
  try {
    const { output } = expressionsOf(sample.layer, formOf(sample))
    if (!mayBeUndefined(output)) return sample
    const isDefined = (candidate: Sample) =>
      toArray(evaluate(output, bindingsOf(candidate))).every(Number.isFinite)
    return find(changes, sample, isDefined)
  } catch {
    return sample
  }
}

function find(
  candidates: readonly ((sample: Sample) => Sample)[],
  sample: Sample,
  accepts: (candidate: Sample) => boolean,
): Sample {
  for (const change of candidates) {
    const candidate = change(sample)
    if (accepts(candidate)) return candidate
  }
  return sample
}
