import {
  cast,
  isIntegerPattern,
  isPattern,
  shapeOf,
  sum,
  toNumber,
  type AnyTensor,
  type Objective,
} from '@pullback/core'
import type { Totals } from './measurements.ts'
import { accuracy, type Inputs, type Metric } from './metric.ts'

/** The metrics of a run by name, `accuracy` among them where the objective has labels. */
export type Gauges = Readonly<Record<string, Metric>>

/** Whether the loss of an objective takes int32 labels, each of which names an element of the last axis of the prediction. */
export function hasLabels({ net, loss }: Objective): boolean {
  const { takes } = loss.rule
  const labels = isPattern(takes) ? undefined : takes['labels']
  if (labels === undefined || !isIntegerPattern(labels)) return false
  const [prediction, { shape }] = [shapeOf(net.rule.gives), labels]
  const isOpen = [...prediction, ...shape].includes('...')
  return isOpen || (prediction.length === shape.length + 1 && prediction.at(-1) !== 1)
}

/** The metrics of a run; throws if one has the name of something else that is measured. */
export function gaugesOf(what: string, objective: Objective, metrics: Gauges = {}): Gauges {
  const taken = ['loss', 'accuracy'].find((name) => Object.hasOwn(metrics, name))
  if (taken !== undefined)
    throw new TypeError(`${what}: a metric cannot have the name '${taken}', which is measured anyway`)
  return hasLabels(objective) ? { accuracy, ...metrics } : { ...metrics }
}

/** The sum of every metric over the examples of a batch, as float64 scalars. */
export const gaugeSums = (gauges: Gauges, prediction: AnyTensor, batch: Inputs): Inputs =>
  Object.fromEntries(
    Object.entries(gauges).map(([name, metric]) => [name, sum(cast(metric(prediction, batch), 'float64'))]),
  )

/** The totals of a batch of `count` examples, computed. */
export const totalsOf = (loss: number, sums: Inputs, count: number): Totals => ({
  loss: loss * count,
  ...Object.fromEntries(Object.entries(sums).map(([name, total]) => [name, toNumber(total)])),
})
