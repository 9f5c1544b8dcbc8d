import { compileFold, type Backend, type TreeRecord } from '@pullback/core'
import type { TrainingStep } from './step.ts'

/** Steps taken one after the other on one batch, each from the parameters that the last one gave. */
export interface Training {
  readonly step: (count: number) => void
  readonly loss: () => number
  readonly params: () => TreeRecord
}

/** The step as a fold on a backend, compiled when the first one is taken; what `fit` does with its batches. */
export function trainOn(
  backend: Backend,
  once: TrainingStep,
  params: TreeRecord,
  batch: TreeRecord,
): Training {
  const fold = compileFold<
    { params: TreeRecord },
    TreeRecord,
    ReturnType<TrainingStep>['results'],
    TreeRecord
  >(({ params }, _, batch) => once(params, batch), { carried: { params }, constants: batch, backend })
  const nothing = {}
  return {
    step: (count) => {
      for (let i = 0; i < count; i++) fold.step(nothing)
    },
    loss: () => fold.result('loss'),
    params: () => fold.snapshot().params,
  }
}
