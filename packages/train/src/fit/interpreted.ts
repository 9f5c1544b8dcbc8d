import { fold, toNumber, type Backend } from '@pullback/core'
import { totalsOf } from '../metrics/gauges.ts'
import { addTotals } from '../metrics/measurements.ts'
import { batchAt } from './batchAt.ts'
import { keyFor, ordersOf, type Course, type Run } from './course.ts'
import { trainingFailure } from './failure/notFinite.ts'
import { frozenCursor, nextEpoch } from './moment.ts'
import type { Snapshot } from './snapshot.ts'
import { computeStep, trainingStep } from './trainingStep.ts'

/** The steps of a run, each evaluated as the expressions that it is. */
export function interpreted(run: Run, { description: backend }: Backend): Course {
  const { objective, options, examples, gauges } = run
  const stepped = trainingStep(objective, options.optimizer, gauges)
  const stepKey = keyFor(run, 'step')
  const orderOf = ordersOf(run)
  let moment = run.start
  return {
    backend,
    position: () => moment.cursor.position,
    steps: () => moment.cursor.step,
    moment: () => moment,
    nextEpoch() {
      moment = { ...moment, cursor: nextEpoch(moment.cursor) }
    },
    step(last: Snapshot | undefined) {
      const { cursor } = moment
      const { epoch, position, step } = cursor
      const positions = orderOf(epoch).subarray(position, position + options.batch)
      const batch = batchAt(examples.inputs, positions)
      const key = fold(stepKey, step)
      const expressions = stepped(moment, batch, key)
      const { params, optimizerState, state, loss, sums, soundness } = computeStep(expressions)
      if (!Number.isFinite(toNumber(soundness))) {
        const failure = trainingFailure({ objective, moment, batch, positions, key, expressions, last })
        if (failure !== undefined) throw failure
      }
      const { length } = positions
      const totals = addTotals(cursor.totals, totalsOf(toNumber(loss), sums, length))
      const after = { ...cursor, position: position + length, step: step + 1, totals }
      moment = { params, optimizerState, state, cursor: frozenCursor(after) }
    },
  }
}
