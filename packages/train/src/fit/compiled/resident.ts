import { compileFold, fold as foldKey, type Key, type Shape, type Tensor } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import { gathered } from '../batchAt.ts'
import type { Carried, StepParts, Stepping } from './stepping.ts'

type Given = {
  readonly positions: Tensor<Shape, 'int32'>
  readonly step: Tensor<readonly [], 'int32'>
}
type Constants = { readonly examples: Inputs; readonly stepKey: Key }

/** Arrays that every step of a size writes to again. */
const placesFor = (length: number) => ({
  positions: new Int32Array(length),
  step: { values: new Int32Array(1), shape: [] },
})

/** Steps that gather their batch from the whole data set, which is in the memory of the backend. */
export function resident({ run, backend, key, stepped }: StepParts, carried: Carried): Stepping {
  const { params, optimizerState, state } = carried
  const fold = compileFold(
    (before: Carried, { positions, step }: Given, { examples, stepKey }: Constants) => {
      const { trained, loss, sums } = stepped(before, gathered(examples, positions), foldKey(stepKey, step))
      return { carried: { ...trained }, results: { loss, sums } }
    },
    {
      carried: { params, optimizerState, state },
      constants: { examples: run.examples.inputs, stepKey: key },
      backend,
    },
  )
  const places = new Map<number, ReturnType<typeof placesFor>>()
  const placesOf = (length: number) => {
    const known = places.get(length)
    if (known !== undefined) return known
    const made = placesFor(length)
    places.set(length, made)
    return made
  }
  return {
    take(order, from, length, step) {
      const given = placesOf(length)
      const { positions } = given
      for (let index = 0; index < length; index++) positions[index] = order[from + index] ?? 0
      given.step.values[0] = step
      fold.step(given)
    },
    result: fold.result,
    load: fold.load,
    snapshot: fold.snapshot,
  }
}
