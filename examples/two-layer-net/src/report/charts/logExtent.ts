const roundings = [1, 2, 5, 10] as const

const decade = (value: number): number => 10 ** Math.floor(Math.log10(value))

// Powers of ten are not exact below one: 0.3 is not 0.30000000000000004.
const tidy = (value: number): number => Number(value.toPrecision(6))

/** Where a logarithmic axis begins and ends, and how many decades lie between its marks, if that is to be said. */
export interface LogExtent {
  readonly min: number
  readonly max: number
  readonly interval?: number
}

const mostMarks = 6

/**
 * The bounds of a logarithmic axis for some positive values: 1, 2 or 5 times a power of ten, as near as can be; a power
 * of ten where there are three decades or more between them.
 */
export function logExtent(values: readonly number[]): LogExtent {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), 0)
  if (most / least >= 1000) {
    const [low, high] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
    return { min: tidy(10 ** low), max: tidy(10 ** high), interval: Math.ceil((high - low) / mostMarks) }
  }
  const below = roundings.findLast((times) => tidy(times * decade(least)) <= least) ?? 1
  const above = roundings.find((times) => tidy(times * decade(most)) >= most) ?? 10
  return { min: tidy(below * decade(least)), max: tidy(above * decade(most)) }
}
