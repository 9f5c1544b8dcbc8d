import type { Code } from '../assembler/code.ts'
import type { FloatType, Lanes } from './lanes.ts'

/** Adding this leaves no bits behind the point: what is added to it is rounded to an integer, ties to even. */
const roundingTerm = ({ digits }: Lanes): number => 1.5 * 2 ** digits

/** The nearest integer of numbers below 2^22 (float32) or 2^51 (float64) in magnitude. */
export function nearestInteger(lanes: Lanes, x: Code): Code {
  const term = lanes.number(roundingTerm(lanes))
  return lanes.sub(lanes.add(x, term), term)
}

/** 2^n of integers n for which that is a normal number: the sum has n + bias as its last bits. */
export const powerOfTwo = (lanes: Lanes, n: Code): Code =>
  lanes.shiftLeft(lanes.add(n, lanes.number(roundingTerm(lanes) + lanes.bias)), lanes.digits)

/**
 * y 2^n, rounded once, for y between 1/2 and 2 and integers n up to twice the range of the exponent: the first of two
 * steps is exact.
 */
export function scaling(lanes: Lanes, n: Code): (y: Code) => Code {
  const { keep, sub, mul, number } = lanes
  const half = keep(nearestInteger(lanes, mul(n, number(0.5))))
  const first = keep(powerOfTwo(lanes, half))
  const second = keep(powerOfTwo(lanes, sub(n, half)))
  return (y) => mul(mul(y, first), second)
}

/** ln 2 in two parts, the first with so many zeros behind it that its products with exponents are exact. */
export const ln2: Readonly<Record<FloatType, { readonly high: number; readonly low: number }>> = {
  float32: { high: 6.9314575195e-1, low: 1.4286067653e-6 },
  float64: { high: 6.9314718036912381649e-1, low: 1.90821492927058770002e-10 },
}

/** n, high and low with x = n ln 2 + high - low and |high - low| not above ln 2 / 2, roughly. */
export function withoutPowersOfTwo(lanes: Lanes, x: Code): Readonly<Record<'n' | 'high' | 'low', Code>> {
  const { high, low } = ln2[lanes.dtype]
  const n = lanes.keep(nearestInteger(lanes, lanes.mul(x, lanes.number(Math.LOG2E))))
  return {
    n,
    high: lanes.keep(lanes.sub(x, lanes.mul(n, lanes.number(high)))),
    low: lanes.keep(lanes.mul(n, lanes.number(low))),
  }
}
