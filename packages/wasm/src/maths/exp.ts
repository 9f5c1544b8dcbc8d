import type { Code } from '../assembler/code.ts'
import { scaling, withoutPowersOfTwo } from './exponent.ts'
import type { FloatType, Lanes } from './lanes.ts'

// The approximation of r (e^r + 1) / (e^r - 1) in FreeBSD's e_exp.c and e_expf.c.
const coefficients: Readonly<Record<FloatType, readonly number[]>> = {
  float32: [1.666662544e-1, -2.7667332906e-3],
  float64: [
    1.66666666666666019037e-1, -2.77777777770155933842e-3, 6.61375632143793436117e-5,
    -1.6533902205465251539e-6, 4.13813679705723846039e-8,
  ],
}

/** Below `low` e^x is 0, from `high` on it is infinite. */
const range: Readonly<Record<FloatType, { readonly low: number; readonly high: number }>> = {
  float32: { low: -104, high: 89 },
  float64: { low: -746, high: 710 },
}

/**
 * e^x = 2^n (1 - rest): with c = r - r^2 P(r^2), e^r = 1 + r + r c / (2 - c).
 */
export function expParts(lanes: Lanes, x: Code): Readonly<Record<'n' | 'rest', Code>> {
  const { keep, sub, mul, div, number, polynomial } = lanes
  const { n, high, low } = withoutPowersOfTwo(lanes, x)
  const r = keep(sub(high, low))
  const squared = keep(mul(r, r))
  const c = keep(sub(r, mul(squared, polynomial(coefficients[lanes.dtype], squared))))
  return { n, rest: keep(sub(sub(low, div(mul(r, c), sub(number(2), c))), high)) }
}

/** e^x. */
export function exp(lanes: Lanes, x: Code): Code {
  const { low, high } = range[lanes.dtype]
  const within = lanes.keep(lanes.atLeast(lanes.atMost(x, lanes.number(high)), lanes.number(low)))
  const { n, rest } = expParts(lanes, within)
  return scaling(lanes, n)(lanes.sub(lanes.number(1), rest))
}
