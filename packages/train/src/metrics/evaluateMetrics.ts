import {
  backendOf,
  type BackendChoice,
  type Key,
  type Net,
  type Objective,
  type ParamsOf,
  type TreeRecord,
} from '@pullback/core'
import { treeFlaw } from '../trees/treeFlaw.ts'
import { checkBatch } from './checkBatch.ts'
import { checkFit, examplesOf } from './examples.ts'
import type { DataFor, FittingData } from './fittingData.ts'
import { gaugesOf } from './gauges.ts'
import { measureBy } from './measureBy.ts'
import type { Measurements } from './measurements.ts'
import type { Metric } from './metric.ts'

/** How a data set is measured. */
export interface MetricsOptions {
  /** How many examples are computed at once; 1000 unless given. */
  readonly batch?: number
  /** What the layers carry, as a snapshot has it; their initial state unless given. */
  readonly state?: TreeRecord
  /** Where the randomness comes from of layers that draw even when they predict. */
  readonly key?: Key
  /** What else to measure, by name. */
  readonly metrics?: Readonly<Record<string, Metric>>
  /** Who computes: `'auto'`, the fastest that was imported or that `fit` has found, unless given. */
  readonly backend?: BackendChoice
}

/**
 * The loss and accuracy of a net over a whole data set, computed in batches in `predict` mode.
 *
 *     loss     = 1/N sum over batches of n_b objective(batch b)     n_b examples of N
 *     accuracy = 1/N sum over examples of [argmax of the prediction is the label]
 *
 * The accuracy is undefined where the loss has no int32 `labels`.
 *
 * @param objective a net with its loss and penalties
 * @returns a function of the parameters, the inputs of the objective, the first axis of each being that of the examples,
 *   and options
 * @throws RangeError if there are no examples, an input has more than another, a label is out of range or the batch is
 *   not a positive integer; TypeError if something does not fit the net, or the backend is not there
 * @example
 * const loss = objective(affine(2, 2), softmaxCrossEntropy(2))
 * const params = { W: tensor([[1, 0], [0, 1]]), b: zeros([2]) }
 * const data = { input: tensor([[9, 0], [0, 9], [9, 0]]), labels: tensor([0, 1, 1], 'int32') }
 * evaluateMetrics(loss)(params, data, { batch: 2 }).accuracy // => 0.6666666666666666
 */
export const evaluateMetrics =
  <N extends Net, L extends Net>(objective: Objective<N, L>) =>
  <const D extends object>(
    params: ParamsOf<N>,
    data: FittingData<DataFor<N, L>, D>,
    { batch = 1000, metrics, backend = 'auto', ...context }: MetricsOptions = {},
  ): Measurements => {
    const erased = objective as unknown as Objective
    const what = 'evaluateMetrics'
    checkBatch(what, batch)
    const gauges = gaugesOf(what, erased, metrics)
    const flaw = treeFlaw('params', params)
    if (flaw !== undefined) throw new TypeError(`${what}: ${flaw}`)
    const examples = examplesOf(`${what}: the data`, erased, data)
    checkFit(what, erased, params, examples)
    return measureBy(erased, gauges, backendOf(backend))(params, examples, batch, context)
  }
