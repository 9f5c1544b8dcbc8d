import {
  evaluate,
  fold,
  fromValues,
  gather,
  permutation,
  seed as keyOf,
  toNumber,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { measure } from '../metrics/evaluateMetrics.ts'
import type { Examples } from '../metrics/examples.ts'
import { totalsOf, type Gauges } from '../metrics/gauges.ts'
import { addTotals, means, type Measurements } from '../metrics/measurements.ts'
import type { Inputs } from '../metrics/metric.ts'
import { frozen } from '../trees/frozen.ts'
import { trainingFailure, validationFailure } from './failure.ts'
import { frozenCursor, type Moment } from './moment.ts'
import type { FitOptions } from './options.ts'
import { pauses } from './pause.ts'
import type { Cursor, Snapshot } from './snapshot.ts'
import { trainingStep, type Stepped, type Trained } from './trainingStep.ts'

/** A run of training as checked: all that does not change from step to step. */
export interface Run {
  readonly objective: Objective
  readonly options: FitOptions<unknown, TreeRecord>
  readonly examples: Examples
  readonly validation: Examples | undefined
  readonly gauges: Gauges
  readonly start: Moment
}

/** Where the randomness of a run for one purpose comes from. */
const keyFor = ({ start }: Run, purpose: string): Key => evaluate(fold(keyOf(start.cursor.seed), purpose))

/** The examples at some positions of the data, as expressions. */
const batchAt = ({ inputs }: Examples, positions: Int32Array): Inputs => {
  const indices = fromValues(positions, [positions.length], 'int32')
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, gather(tensor, indices)]))
}

/** What a step hands to the next, computed at once with what is measured. */
function compute({ trained, loss, sums, soundness }: Stepped) {
  const { params, optimizerState, state } = trained
  const tree: TreeRecord = { params, optimizerState, state, loss, sums, soundness }
  return evaluate(tree) as unknown as Trained & Pick<Stepped, 'loss' | 'sums' | 'soundness'>
}

/** One step of a run after another: the moment after a moment, in an order of the examples. */
function stepsOf({ objective, options, examples, gauges }: Run, stepKey: Key) {
  const stepped = trainingStep(objective, options.optimizer, gauges)
  return (moment: Moment, order: Int32Array, last: Snapshot | undefined): Moment => {
    const { cursor } = moment
    const { position, step } = cursor
    const positions = order.subarray(position, position + options.batch)
    const batch = batchAt(examples, positions)
    const key = fold(stepKey, step)
    const expressions = stepped(moment, batch, key)
    const { params, optimizerState, state, loss, sums, soundness } = compute(expressions)
    if (!Number.isFinite(toNumber(soundness))) {
      const failure = trainingFailure({ objective, moment, batch, positions, key, expressions, last })
      if (failure !== undefined) throw failure
    }
    const { length } = positions
    const totals = addTotals(cursor.totals, totalsOf(toNumber(loss), sums, length))
    const after = { ...cursor, position: position + length, step: step + 1, totals }
    return { params, optimizerState, state, cursor: frozenCursor(after) }
  }
}

const nextEpoch = (cursor: Cursor): Cursor =>
  frozenCursor({ ...cursor, epoch: cursor.epoch + 1, position: 0, totals: {} })

const frozenMeasurements = ({ loss, accuracy, metrics }: Measurements): Measurements =>
  Object.freeze({ loss, accuracy, metrics: Object.freeze({ ...metrics }) })

function validated(run: Run, { params, state, cursor }: Moment, key: Key, last: Snapshot | undefined) {
  const { objective, gauges, validation, options } = run
  if (validation === undefined) return undefined
  const context = { state, key: fold(key, cursor.step) }
  const measured = measure(objective, gauges, params, validation, Math.max(options.batch, 1000), context)
  if (Number.isFinite(measured.loss)) return frozenMeasurements(measured)
  throw validationFailure(measured.loss, validation.inputs, cursor, last)
}

/** The snapshots of a run, from its start to its end. */
export async function* snapshots(run: Run): AsyncGenerator<Snapshot, void, undefined> {
  const { options, examples, start } = run
  const { epochs, every, resume } = options
  const { count } = examples
  const [orderKey, validationKey] = [keyFor(run, 'order'), keyFor(run, 'validation')]
  const step = stepsOf(run, keyFor(run, 'step'))
  const pause = pauses()
  let moment = start
  let last: Snapshot | undefined = resume
  for (let { epoch } = start.cursor; epoch <= epochs; epoch++) {
    const order = permutation(fold(orderKey, epoch), count)
    while (moment.cursor.position < count) {
      moment = step(moment, order, last)
      await pause()
      const { params, optimizerState, state, cursor } = moment
      const isEnd = cursor.position === count
      if (every === undefined ? isEnd : cursor.step % every === 0 || (isEnd && epoch === epochs)) {
        last = Object.freeze({
          epoch,
          step: cursor.step,
          ...frozenMeasurements(means(cursor.totals, cursor.position)),
          validation: validated(run, moment, validationKey, last),
          params: frozen(params),
          optimizerState: frozen(optimizerState),
          state: frozen(state),
          cursor: isEnd ? nextEpoch(cursor) : cursor,
        })
        yield last
      }
    }
    moment = { ...moment, cursor: nextEpoch(moment.cursor) }
  }
}
