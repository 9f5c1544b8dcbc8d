import { compileFold, iota, scalar } from '@pullback/core'
import { batchAt } from '../batchAt.ts'
import { foldedStep, type StepInputs, type StepResults } from './foldedStep.ts'
import type { Carried, StepParts, Stepping } from './stepping.ts'

type Constants = Pick<StepInputs, 'stepKey'>
type Given = Omit<StepInputs, 'stepKey'>

/**
 * Steps that are given their batch, gathered outside, where the memory of the backend has no room for all examples.
 *
 * The program gathers once more, in order: so it is that of the examples in memory, and rounds as that does.
 */
export function streamed(parts: StepParts, carried: Carried): Stepping {
  const step = foldedStep(parts)
  const { run, backend, key } = parts
  const fold = compileFold<Carried, Given, StepResults, Constants>(
    (before, given, constants) => step(before, { ...given, ...constants }),
    { carried, constants: { stepKey: key }, backend },
  )
  return {
    take(order, from, length, number) {
      fold.step({
        examples: batchAt(run.examples.inputs, order.slice(from, from + length)),
        positions: iota([length]),
        step: scalar(number, 'int32'),
      })
    },
    result: fold.result,
    load: fold.load,
    snapshot: fold.snapshot,
    release: fold.release,
  }
}
