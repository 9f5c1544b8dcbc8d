import { compileFold, fold as foldKey, scalar, type Key, type Tensor } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { batchAt } from '../batchAt.ts'
import type { Carried, StepParts, Stepping } from './stepping.ts'

type Given = { readonly batch: Inputs; readonly step: Tensor<readonly [], 'int32'> }

/** Steps that are given their batch, gathered outside: for data that the memory of the backend has no room for. */
export function streamed({ run, backend, key, stepped }: StepParts, carried: Carried): Stepping {
  const { inputs } = run.examples
  const { params, optimizerState, state } = carried
  const fold = compileFold(
    (before: Carried, { batch, step }: Given, { stepKey }: { readonly stepKey: Key }) => {
      const { trained, loss, sums } = stepped(before, batch, foldKey(stepKey, step))
      return { carried: { ...trained }, results: { loss, sums } }
    },
    { carried: { params, optimizerState, state }, constants: { stepKey: key }, backend },
  )
  return {
    take(order, from, length, step) {
      const batch = batchAt(inputs, order.slice(from, from + length))
      fold.step({ batch, step: scalar(step, 'int32') })
    },
    result: fold.result,
    load: fold.load,
    snapshot: fold.snapshot,
  }
}
