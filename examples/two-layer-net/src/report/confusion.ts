/** How often examples of each class, a row, were taken for each class, a column. */
export type Confusion = readonly (readonly number[])[]

/** The counts of predictions by true class. */
export function confusionOf(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): Confusion {
  const counts = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
  for (let at = 0; at < labels.length; at++) {
    const row = counts[labels[at] ?? 0]
    const column = predicted[at] ?? 0
    if (row !== undefined) row[column] = (row[column] ?? 0) + 1
  }
  return counts
}

/** A class taken for another, and how often. */
export interface Mistake {
  readonly label: number
  readonly predicted: number
  readonly count: number
}

/** The mistakes that were made most often. */
export const mistakes = (confusion: Confusion, most: number): readonly Mistake[] =>
  confusion
    .flatMap((row, label) =>
      row.flatMap((count, predicted) =>
        count > 0 && label !== predicted ? [{ label, predicted, count }] : [],
      ),
    )
    .toSorted((a, b) => b.count - a.count)
    .slice(0, most)
