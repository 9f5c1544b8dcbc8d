const roundings = [1, 2, 5, 10] as const

const decade = (value: number): number => 10 ** Math.floor(Math.log10(value))

// Powers of ten are not exact below one: 0.3 is not 0.30000000000000004.
const tidy = (value: number): number => Number(value.toPrecision(6))

/** The bounds of a logarithmic axis for some positive values: 1, 2 or 5 times a power of ten, as near as can be. */
export function logExtent(values: readonly number[]): { readonly min: number; readonly max: number } {
  const least = values.reduce((a, b) => Math.min(a, b), Infinity)
  const most = values.reduce((a, b) => Math.max(a, b), 0)
  const below = roundings.findLast((times) => tidy(times * decade(least)) <= least) ?? 1
  const above = roundings.find((times) => tidy(times * decade(most)) >= most) ?? 10
  return { min: tidy(below * decade(least)), max: tidy(above * decade(most)) }
}
