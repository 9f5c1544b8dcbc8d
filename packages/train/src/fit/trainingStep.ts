import {
  add,
  cast,
  evaluate,
  isFloat,
  leaves,
  scalar,
  sum,
  type AnyTensor,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { gaugeSums, type Gauges } from '../metrics/gauges.ts'
import type { Inputs } from '../metrics/metric.ts'
import { predictionIn } from '../metrics/predictionIn.ts'
import { applyUpdates, type Optimizer } from '../optimizer/optimizer.ts'

/** What one step of training hands to the next. */
export interface Trained {
  readonly params: TreeRecord
  readonly optimizerState: TreeRecord
  /** The state of layers. */
  readonly state: TreeRecord
}

/** What a step of training gives, as expressions. */
export interface Stepped {
  readonly trained: Trained
  readonly loss: AnyTensor
  readonly gradients: TreeRecord
  /** The sums of the metrics over the batch. */
  readonly sums: Inputs
  /** Not finite if the loss or anything that the next step is handed is not; else finite, unless it overflows. */
  readonly soundness: AnyTensor
}

/** The sum of all elements: what is NaN or infinite among them cannot cancel. */
const soundnessOf = (tree: TreeRecord): AnyTensor =>
  leaves(tree)
    .filter(([, { dtype }]) => isFloat(dtype))
    .map(([, tensor]) => cast(sum(tensor), 'float64'))
    .reduce<AnyTensor>((total, one) => add(total, one), scalar(0, 'float64'))

/**
 * One step of training as a pure function on tensors: forward, loss, backward, optimizer. Nothing is computed, so that
 * all of it can be evaluated at once, or compiled.
 */
export function trainingStep(objective: Objective, optimizer: Optimizer, gauges: Gauges) {
  return ({ params, optimizerState, state }: Trained, batch: Inputs, key: Key): Stepped => {
    const forward = objective.forward(params, batch, { key, mode: 'train', state })
    const { output: loss, cache } = forward
    const { dParams: gradients } = objective.backward(params, cache, scalar(1, loss.dtype))
    const updated = optimizer.update(gradients, optimizerState, params)
    const trained: Trained = {
      params: applyUpdates(params, updated.updates),
      optimizerState: updated.state,
      state: forward.state,
    }
    return {
      trained,
      loss,
      gradients,
      sums: gaugeSums(gauges, predictionIn(cache), batch),
      soundness: soundnessOf({ ...trained, loss }),
    }
  }
}

/** What a step hands to the next, computed at once with what is measured. */
export function computeStep({ trained, loss, sums, soundness }: Stepped) {
  const { params, optimizerState, state } = trained
  const tree: TreeRecord = { params, optimizerState, state, loss, sums, soundness }
  return evaluate(tree) as unknown as Trained & Pick<Stepped, 'loss' | 'sums' | 'soundness'>
}
