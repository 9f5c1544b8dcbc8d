import type { Code } from '../assembler/code.ts'
import { powerOfTwo, scaling, withoutPowersOfTwo } from './exponent.ts'
import type { FloatType, Lanes } from './lanes.ts'
import { signOf } from './sign.ts'

// The approximation of 6/r (1 + 2 (1/(e^r - 1) - 1/r)) in r^2/2 of FreeBSD's s_expm1.c and s_expm1f.c.
const coefficients: Readonly<Record<FloatType, readonly number[]>> = {
  float32: [1, -3.3333212137e-2, 1.5807170421e-3],
  float64: [
    1, -3.33333333333331316428e-2, 1.58730158725481460165e-3, -7.93650757867487942473e-5,
    4.00821782732936239552e-6, -2.01099218183624371326e-7,
  ],
}

/** e^x - 1 is -1 below `low` and infinite from `high` on. */
const range: Readonly<Record<FloatType, { readonly low: number; readonly high: number }>> = {
  float32: { low: -20, high: 89 },
  float64: { low: -44, high: 710 },
}

/**
 * e^x - 1 = 2^n (sum - rest), where the sum is far larger than the rest, for x not below where the result is -1. With
 * r = x - n ln 2 and e^r - 1 = r - e it is (1 - 2^-n) + r - e, of which the first sum is computed with its error.
 */
export function expm1Parts(lanes: Lanes, x: Code): Readonly<Record<'n' | 'sum' | 'rest', Code>> {
  const { keep, add, sub, mul, div, neg, number, polynomial } = lanes
  const { n, high, low } = withoutPowersOfTwo(lanes, x)
  const r = keep(sub(high, low))
  const lost = keep(sub(sub(high, r), low))
  const half = keep(mul(r, number(0.5)))
  const halfSquare = keep(mul(r, half))
  const series = keep(polynomial(coefficients[lanes.dtype], halfSquare))
  const t = keep(sub(number(3), mul(series, half)))
  const quotient = mul(halfSquare, div(sub(series, t), sub(number(6), mul(r, t))))
  const e = keep(sub(sub(mul(r, sub(quotient, lost)), lost), halfSquare))
  const power = keep(powerOfTwo(lanes, neg(lanes.atMost(n, number(lanes.digits + 8)))))
  const first = keep(sub(number(1), power))
  const lostOfFirst = sub(number(1), add(first, power))
  const sum = keep(add(first, r))
  return { n, sum, rest: keep(sub(sub(e, lostOfFirst), sub(r, sub(sum, first)))) }
}

/** e^x - 1, which has the sign of x. */
export function expm1(lanes: Lanes, x: Code): Code {
  const { low, high } = range[lanes.dtype]
  const within = lanes.keep(lanes.atLeast(lanes.atMost(x, lanes.number(high)), lanes.number(low)))
  const { n, sum, rest } = expm1Parts(lanes, within)
  return lanes.or(scaling(lanes, n)(lanes.sub(sum, rest)), signOf(lanes, x))
}
