/** What is measured on examples: means over them. */
export interface Measurements {
  /** The objective, penalties included. */
  readonly loss: number
  /** The share of right predictions, from 0 to 1; undefined where the loss has no int32 `labels` of classes. */
  readonly accuracy: number | undefined
  /** The metrics that were asked for, by name. */
  readonly metrics: Readonly<Record<string, number>>
}

/** Sums over examples of what is measured, by name: `loss`, `accuracy` and the metrics. */
export type Totals = Readonly<Record<string, number>>

/** Totals with those of more examples added. */
export const addTotals = (totals: Totals, more: Totals): Totals =>
  Object.fromEntries(Object.entries(more).map(([name, sum]) => [name, (totals[name] ?? 0) + sum]))

/** The means over `count` examples. */
export function means(totals: Totals, count: number): Measurements {
  const { loss = 0, accuracy, ...metrics } = totals
  return {
    loss: loss / count,
    accuracy: accuracy === undefined ? undefined : accuracy / count,
    metrics: Object.fromEntries(Object.entries(metrics).map(([name, sum]) => [name, sum / count])),
  }
}
