import {
  add,
  cast,
  isFloat,
  leaves,
  mul,
  scalar,
  sum,
  type AnyTensor,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { gaugeSums, type Gauges } from '../metrics/gauges.ts'
import type { Inputs } from '../metrics/metric.ts'
import { observed, predictionIn } from '../metrics/observed.ts'
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
  /** 0, or NaN where the loss or anything that the next step is handed is not finite. */
  readonly soundness: AnyTensor
}

/** Sum of 0 x over all float tensors x: 0 for finite numbers, NaN if one is NaN or infinite. */
const soundnessOf = (tree: TreeRecord): AnyTensor =>
  leaves(tree)
    .filter(([, { dtype }]) => isFloat(dtype))
    .map(([, tensor]) => cast(sum(mul(tensor, 0)), 'float64'))
    .reduce<AnyTensor>((total, one) => add(total, one), scalar(0, 'float64'))

/**
 * One step of training as a pure function on tensors: forward, loss, backward, optimizer. Nothing is computed, so that
 * all of it can be evaluated at once, or compiled.
 */
export function trainingStep(objective: Objective, optimizer: Optimizer, gauges: Gauges) {
  const watched = observed(objective)
  return ({ params, optimizerState, state }: Trained, batch: Inputs, key: Key): Stepped => {
    const forward = watched.forward(params, batch, { key, mode: 'train', state })
    const { output: loss, cache } = forward
    const { dParams: gradients } = watched.backward(params, cache, scalar(1, loss.dtype))
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
