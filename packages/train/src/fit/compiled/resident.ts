import { compileFold } from '@pullback/core'
import { foldedStep, type StepInputs, type StepResults } from './foldedStep.ts'
import type { Carried, StepParts, Stepping } from './stepping.ts'

type Given = Pick<StepInputs, 'positions' | 'step'>
type Constants = Pick<StepInputs, 'examples' | 'stepKey'>

/** Arrays that every step of a size writes to again. */
const placesFor = (length: number) => ({
  positions: new Int32Array(length),
  step: { values: new Int32Array(1), shape: [] },
})

/** Steps that gather their batch from all examples, which are in the memory of the backend. */
export function resident(parts: StepParts, carried: Carried): Stepping {
  const step = foldedStep(parts)
  const { run, backend, key } = parts
  const constants: Constants = { examples: run.examples.inputs, stepKey: key }
  const fold = compileFold<Carried, Given, StepResults, Constants>(
    (before, given, all) => step(before, { ...given, ...all }),
    { carried, constants, backend },
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
    take(order, from, length, number) {
      const given = placesOf(length)
      const { positions } = given
      for (let index = 0; index < length; index++) positions[index] = order[from + index] ?? 0
      given.step.values[0] = number
      fold.step(given)
    },
    result: fold.result,
    load: fold.load,
    snapshot: fold.snapshot,
    release: fold.release,
  }
}
