import { evaluate, slice, toNumber, type Context, type Objective, type TreeRecord } from '@pullback/core'
import type { Examples } from './examples.ts'
import { gaugeSums, totalsOf, type Gauges } from './gauges.ts'
import { addTotals, means, type Measurements, type Totals } from './measurements.ts'
import type { Inputs } from './metric.ts'
import { predictionIn } from './predictionIn.ts'

/** The examples from a position to another, as expressions. */
export const examplesBetween = (inputs: Inputs, from: number, to: number): Inputs =>
  Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [name, slice(tensor, [from, to])]))

/** Means over all examples, batch by batch in their order, in `predict` mode. */
export function measure(
  objective: Objective,
  gauges: Gauges,
  params: TreeRecord,
  { inputs, count }: Examples,
  batch: number,
  context: Context,
): Measurements {
  let totals: Totals = {}
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from)
    const examples = examplesBetween(inputs, from, from + size)
    const { output, cache } = objective.forward(params, examples, { ...context, mode: 'predict' })
    const sums = gaugeSums(gauges, predictionIn(cache), examples)
    const computed = evaluate({ loss: output, sums })
    totals = addTotals(totals, totalsOf(toNumber(computed.loss), computed.sums, size))
  }
  return means(totals, count)
}
