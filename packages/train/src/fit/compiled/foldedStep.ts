import { fold as foldKey, type AnyTensor, type Key, type Shape, type Tensor } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { gathered } from '../batchAt.ts'
import type { Carried, StepParts } from './stepping.ts'

/** What a step works on besides what is carried. */
export type StepInputs = {
  /** Those that the positions count. */
  readonly examples: Inputs
  readonly positions: Tensor<Shape, 'int32'>
  readonly step: Tensor<readonly [], 'int32'>
  readonly stepKey: Key
}

/** What every step gives to be read. */
export type StepResults = { readonly loss: AnyTensor; readonly sums: Inputs }

/** A step as a fold takes it: it gathers its batch and finds its key itself. */
export const foldedStep =
  ({ stepped }: StepParts) =>
  (before: Carried, { examples, positions, step, stepKey }: StepInputs) => {
    const { trained, loss, sums } = stepped(before, gathered(examples, positions), foldKey(stepKey, step))
    const { params, optimizerState, state } = trained
    return { carried: { params, optimizerState, state }, results: { loss, sums } }
  }
