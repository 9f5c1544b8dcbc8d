import {
  evaluate,
  input,
  isConstant,
  leaves,
  mapTree,
  type AnyTensor,
  type Bindings,
  type Tree,
} from '@pullback/core'
import type { Sample } from '../sample/sample.ts'
import { withErrors, type Bounded } from './bounded.ts'
import { bindingsOf, sampleExpressions } from './evaluateSample.ts'
import type { Expressions } from './expressions.ts'
import { float64, roundingErrors } from './rounding.ts'

/** Backward as an expression of the elements of a cache, so that forward is computed once for many gradients. */
interface Alone {
  readonly cache: Readonly<Record<string, AnyTensor>>
  readonly bounded: Bounded
}

const known = new WeakMap<Expressions, Alone>()

function alone(sample: Sample, expressions: Expressions): Alone {
  const before = known.get(expressions)
  if (before !== undefined) return before
  const cache: Record<string, AnyTensor> = {}
  const placeholders = mapTree(expressions.cache, (tensor, path) => {
    if (isConstant(tensor)) return tensor
    cache[`cache.${path}`] = tensor
    return input(`cache.${path}`, [...tensor.shape], tensor.dtype)
  })
  const { dParams, dInput } = sample.layer.backward(expressions.params, placeholders, expressions.dOutput)
  const tree: Tree = { params: dParams, input: dInput ?? {} }
  const roots = leaves(tree).map(([, tensor]) => tensor)
  const found = {
    cache,
    bounded: withErrors(tree, roundingErrors(roots, { ...float64, from: [expressions.dOutput] })),
  }
  known.set(expressions, found)
  return found
}

/** Backward at one sample's cache: for a gradient by the output, the values and what rounding does to them. */
export interface BackwardAt {
  readonly values: (dOutput: AnyTensor) => Tree
  readonly bounded: (dOutput: AnyTensor) => Bounded
}

export function backwardAt(sample: Sample): BackwardAt {
  const { cache, bounded } = alone(sample, sampleExpressions(sample))
  const bindings = bindingsOf(sample)
  const all: Bindings = { ...bindings, ...evaluate(cache, bindings) }
  return {
    values: (dOutput) => evaluate(bounded.values, { ...all, dOutput }),
    bounded: (dOutput) => evaluate({ ...bounded }, { ...all, dOutput }),
  }
}
