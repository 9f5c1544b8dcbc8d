/** How many digits of a number are known: those before its bound begins. */
const digitsOf = (value: number, bound: number): number =>
  bound > 0 && value !== 0
    ? Math.min(17, Math.max(3, Math.ceil(Math.log10(Math.abs(value) / bound)) + 1))
    : 17

/** A number with as many digits as it takes to tell it from its neighbours. */
export const showNumber = (value: number): string => (Object.is(value, -0) ? '-0' : String(value))

/** A number with its error bound, to the digits that are known: `1.25 +- 3.1e-11`. */
export function showBounded(value: number, bound: number | undefined): string {
  if (bound === undefined || bound === 0 || !Number.isFinite(value)) return showNumber(value)
  return `${Number(value.toPrecision(digitsOf(value, bound)))} +- ${bound.toExponential(1)}`
}
