/** The middle of measurements and how far half of them lie around it. */
export interface Summary {
  readonly median: number
  readonly lowerQuartile: number
  readonly upperQuartile: number
  readonly count: number
}

/**
 * The value below which a share of the numbers lies, between neighbours by linear interpolation; NaN of nothing.
 *
 * @param share from 0, the least, to 1, the greatest
 */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below === above ? below : below + (above - below) * (at - Math.floor(at))
}

export const median = (numbers: readonly number[]): number => quantile(numbers, 0.5)

export const summarise = (numbers: readonly number[]): Summary => ({
  median: median(numbers),
  lowerQuartile: quantile(numbers, 0.25),
  upperQuartile: quantile(numbers, 0.75),
  count: numbers.length,
})
