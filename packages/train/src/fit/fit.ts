import {
  evaluate,
  fold,
  fromValues,
  gather,
  seed as keyOf,
  toNumber,
  type Key,
  type Net,
  type Objective,
  type ParamsOf,
  type TreeRecord,
} from '@pullback/core'
import { measure } from '../metrics/evaluateMetrics.ts'
import { checkFit, examplesOf, type Examples } from '../metrics/examples.ts'
import { gaugesOf, totalsOf, type Gauges } from '../metrics/gauges.ts'
import { addTotals, means, type Measurements } from '../metrics/measurements.ts'
import type { Inputs } from '../metrics/metric.ts'
import { trainingFailure, validationFailure } from './failure.ts'
import { frozen } from './frozen.ts'
import { checkNumbers, type DataFor, type FitOptions } from './options.ts'
import { pauses } from './pause.ts'
import { permutation } from './permutation.ts'
import type { Snapshot } from './snapshot.ts'
import { frozenCursor, startOf, type Moment } from './start.ts'
import { trainingStep, type Stepped, type Trained } from './trainingStep.ts'

/** A run of training as checked: all that does not change from step to step. */
interface Run {
  readonly objective: Objective
  readonly options: FitOptions<unknown, TreeRecord>
  readonly examples: Examples
  readonly validation: Examples | undefined
  readonly gauges: Gauges
  readonly start: Moment
}

/** The examples at some positions of the data, as expressions. */
const batchAt = ({ inputs }: Examples, positions: Int32Array): Inputs => {
  const indices = fromValues(positions, [positions.length], 'int32')
  return Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, gather(tensor, indices)]))
}

/** What the run hands to its next step, computed at once with what is measured. */
function compute({ trained, loss, sums, soundness }: Stepped) {
  const { params, optimizerState, state } = trained
  const tree: TreeRecord = { params, optimizerState, state, loss, sums, soundness }
  return evaluate(tree) as unknown as Trained & Pick<Stepped, 'loss' | 'sums' | 'soundness'>
}

/** Measurements that cannot be changed. */
const frozenMeasurements = ({ loss, accuracy, metrics }: Measurements): Measurements =>
  Object.freeze({ loss, accuracy, metrics: Object.freeze({ ...metrics }) })

function snapshotOf(run: Run, { cursor, params, optimizerState, state }: Moment, last?: Snapshot): Snapshot {
  const { objective, gauges, validation, options, examples } = run
  const { seed, epoch, position, step, totals } = cursor
  const context = { state, key: fold(fold(keyOf(seed), 'validation'), step) }
  const validated =
    validation && measure(objective, gauges, params, validation, Math.max(options.batch, 1000), context)
  if (validated && validation && !Number.isFinite(validated.loss))
    throw validationFailure(validated.loss, validation.inputs, cursor, last)
  const isEnd = position === examples.count
  return Object.freeze({
    epoch,
    step,
    ...frozenMeasurements(means(totals, position)),
    validation: validated && frozenMeasurements(validated),
    params: frozen(params),
    optimizerState: frozen(optimizerState),
    state: frozen(state),
    cursor: isEnd ? frozenCursor({ seed, epoch: epoch + 1, position: 0, step, totals: {} }) : cursor,
  })
}

async function* snapshots(run: Run): AsyncGenerator<Snapshot, void, undefined> {
  const { objective, options, examples, gauges, start } = run
  const { epochs, batch, every, optimizer, resume } = options
  const { count } = examples
  const base = keyOf(start.cursor.seed)
  const [orderKey, stepKey]: readonly Key[] = [fold(base, 'order'), fold(base, 'step')]
  const stepped = trainingStep(objective, optimizer, gauges)
  const pause = pauses()
  let moment = start
  let last: Snapshot | undefined = resume
  for (let { epoch } = start.cursor; epoch <= epochs; epoch++) {
    const order = permutation(fold(orderKey ?? base, epoch), count)
    while (moment.cursor.epoch === epoch) {
      const { cursor } = moment
      const { seed, position } = cursor
      const size = Math.min(batch, count - position)
      const positions = order.subarray(position, position + size)
      const examplesNow = batchAt(examples, positions)
      const key = fold(stepKey ?? base, cursor.step)
      const expressions = stepped(moment, examplesNow, key)
      const { params, optimizerState, state, loss, sums, soundness } = compute(expressions)
      if (!Number.isFinite(toNumber(soundness)))
        throw trainingFailure({ objective, moment, batch: examplesNow, positions, key, expressions, last })
      const totals = addTotals(cursor.totals, totalsOf(toNumber(loss), sums, size))
      const step = cursor.step + 1
      const after = { seed, epoch, position: position + size, step, totals }
      const isEnd = after.position === count
      moment = { params, optimizerState, state, cursor: frozenCursor(after) }
      await pause()
      if (every === undefined ? isEnd : step % every === 0 || (isEnd && epoch === epochs)) {
        last = snapshotOf(run, moment, last)
        yield last
      }
      if (isEnd)
        moment = {
          ...moment,
          cursor: frozenCursor({ seed, epoch: epoch + 1, position: 0, step, totals: {} }),
        }
    }
  }
}

/**
 * Training as an async iterable of immutable snapshots: stopping is leaving the loop, and resuming is passing any
 * snapshot on.
 *
 * Each iteration of it starts the run anew. The examples of an epoch are taken in an order that is a function of seed
 * and epoch alone, in batches of which the last may be short. Layers that draw random numbers get a key that is a
 * function of seed and step. A run resumed from a snapshot gives the same bits as one that never stopped.
 *
 * Nothing is computed before the first snapshot is asked for, but the options are checked at once.
 *
 * @param objective a net with its loss and penalties, whose inputs are float32 or float64 `[N, ...]`, or int32
 * @param options see `FitOptions`
 * @throws RangeError or TypeError of one sentence if an option makes no sense or does not fit the net; while it runs,
 *   TrainingError, with the last good snapshot, if the loss or anything a snapshot would hold is NaN or infinite
 * @example
 * const loss = objective(affine(1, 2), softmaxCrossEntropy(2))
 * const data = { input: tensor([[-2], [-1], [1], [2]]), labels: tensor([0, 0, 1, 1], 'int32') }
 * let reached = 0
 * for await (const { epoch, accuracy } of fit(loss, { data, optimizer: sgd(1), epochs: 50, batch: 3, seed: 1 })) {
 *   reached = epoch
 *   if (accuracy === 1) break
 * }
 * reached < 50 // => true
 */
export function fit<N extends Net, L extends Net>(
  objective: Objective<N, L>,
  options: FitOptions<DataFor<N, L>, ParamsOf<N>>,
): AsyncIterable<Snapshot<ParamsOf<N>>> {
  const erased = objective as unknown as Objective
  checkNumbers(options)
  const gauges = gaugesOf('fit', erased, options.metrics)
  const examples = examplesOf('fit: data', erased, options.data)
  const validation =
    options.validation === undefined ? undefined : examplesOf('fit: validation', erased, options.validation)
  const start = startOf(erased, options, examples, gauges)
  checkFit('fit: data', erased, start.params, examples)
  if (validation) checkFit('fit: validation', erased, start.params, validation)
  const run: Run = { objective: erased, options, examples, validation, gauges, start }
  return { [Symbol.asyncIterator]: () => snapshots(run) } as AsyncIterable<Snapshot<ParamsOf<N>>>
}
