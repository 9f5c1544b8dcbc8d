import type { Net, Objective, ParamsOf } from '@pullback/core'
import { checkFit, examplesOf } from '../metrics/examples.ts'
import { gaugesOf } from '../metrics/gauges.ts'
import type { DataFor, FittingData } from '../metrics/fittingData.ts'
import { checkOptions, type FitOptions } from './options.ts'
import type { Run } from './course.ts'
import { snapshots } from './run.ts'
import type { Snapshot } from './snapshot.ts'
import { startOf } from './start.ts'

/**
 * Training as an async iterable of immutable snapshots: stopping is leaving the loop, and resuming is passing any
 * snapshot on.
 *
 * Each iteration of it starts the run anew. The examples of an epoch are taken in an order that is a function of seed
 * and epoch alone, in batches of which the last may be short. Layers that draw random numbers get a key that is a
 * function of seed and step. A run resumed from a snapshot gives the same bits as one that never stopped, if the same
 * backend computes: backends agree but for rounding.
 *
 * To save a snapshot, save the arrays of its tensors (`toArray`, by the paths of `leaves`) and the rest of it, which is
 * plain data, as JSON; to read it back, make tensors of the arrays (`fromValues`): the page of the package shows how.
 *
 * Nothing is computed before the first snapshot is asked for, but the options are checked at once.
 *
 * @param objective a net with its loss and penalties, whose inputs are float32 or float64 `[N, ...]`, or int32
 * @param options see `FitOptions`
 * @throws RangeError or TypeError of one sentence if an option makes no sense or does not fit the net; while it runs,
 *   TrainingError, with the last good snapshot, if the loss or anything a snapshot would hold is NaN or infinite, or if
 *   the backend fails; TypeError if the package of the backend is not installed
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
export function fit<N extends Net, L extends Net, const D extends object, const V extends object = D>(
  objective: Objective<N, L>,
  options: FitOptions<FittingData<DataFor<N, L>, D>, ParamsOf<N>, FittingData<DataFor<N, L>, V>>,
): AsyncIterable<Snapshot<ParamsOf<N>>> {
  const erased = objective as unknown as Objective
  checkOptions(options)
  const gauges = gaugesOf('fit', erased, options.metrics)
  const examples = examplesOf('fit: data', erased, options.data)
  const validation =
    options.validation === undefined ? undefined : examplesOf('fit: validation', erased, options.validation)
  const start = startOf(erased, options, examples, gauges)
  checkFit('fit: data', erased, start.params, examples)
  if (validation) checkFit('fit: validation', erased, start.params, validation)
  const run: Run = { objective: erased, options: { ...options }, examples, validation, gauges, start }
  return { [Symbol.asyncIterator]: () => snapshots(run) } as AsyncIterable<Snapshot<ParamsOf<N>>>
}
