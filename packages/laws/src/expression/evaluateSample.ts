import {
  evaluate,
  isFloat,
  isTensor,
  leaves,
  type AnyTensor,
  type Bindings,
  type Float,
  type LayerInput,
  type Pattern,
  type Takes,
  type Tree,
} from '@pullback/core'
import type { Sample } from '../sample/sample.ts'
import { applyLayer, expressionsOf, givenLeaves, type Expressions, type Form } from './expressions.ts'

/** The shapes of an input, as patterns. */
export const shapesOf = (input: LayerInput): Takes =>
  isTensor(input)
    ? patternOf(input)
    : Object.fromEntries(Object.entries(input).map(([name, tensor]) => [name, patternOf(tensor)]))

const patternOf = ({ dtype, shape }: AnyTensor): Pattern =>
  isFloat(dtype) ? shape : { dtype: 'int32', shape }

export const formOf = ({ input, context }: Sample, dtype: Float = 'float64'): Form => ({
  shapes: shapesOf(input),
  mode: context.mode ?? 'train',
  dtype,
})

/** The expressions of a sample's layer: of named inputs, or, for a layer that looks at values, of the sample's own. */
export function sampleExpressions(sample: Sample): Expressions {
  try {
    return expressionsOf(sample.layer, formOf(sample))
  } catch {
    return applyLayer(sample.layer, sample, () => sample.dOutput)
  }
}

/** A sample's values for the named inputs of its expressions. */
export function bindingsOf(sample: Sample): Bindings {
  const { layer, dOutput, context } = sample
  return Object.fromEntries([
    ...givenLeaves(sample),
    ['dOutput', dOutput],
    ...(context.key ? [['key', context.key]] : []),
    ...leaves(context.state ?? layer.initialState).map(([path, tensor]) => [`state.${path}`, tensor]),
  ])
}

/** What a layer gives for a sample, computed. */
export interface Computed {
  readonly output: AnyTensor
  readonly state: Tree
  readonly dParams: Tree
  /** Empty for an input that has no gradient. */
  readonly dInput: Tree
}

export const resultsOf = ({ output, state, dParams, dInput = {} }: Expressions): Computed => ({
  output,
  state,
  dParams,
  dInput,
})

/** Forward and backward at a sample, computed. */
export const computedAt = (sample: Sample): Computed =>
  evaluate({ ...resultsOf(sampleExpressions(sample)) }, bindingsOf(sample))
