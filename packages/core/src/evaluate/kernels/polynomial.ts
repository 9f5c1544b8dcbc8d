/** Polynomial in `x` by Horner's rule, coefficients from the lowest power. */
export function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0
  for (let power = coefficients.length - 1; power >= 0; power--) sum = sum * x + coefficients[power]!
  return sum
}
