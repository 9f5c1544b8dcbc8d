import type { Code } from '../assembler/code.ts'
import { exp } from './exp.ts'
import { inFloat64 } from './halves.ts'
import type { Lanes } from './lanes.ts'
import { log } from './log.ts'
import { precisePower } from './precisePower.ts'
import { signOf } from './sign.ts'

/**
 * |x|^y is 0, 1 or infinite already for y this large: log|x| is 2^-24 (float32) or 2^-53 (float64) or more unless it is
 * 0. Within it no product of y and a logarithm is infinity times zero.
 */
const largestExponent = 2 ** 65

/** |x|^y where x and y are numbers like others; anything where one is 0, infinite or NaN. */
function powerOfMagnitude(lanes: Lanes, magnitude: Code, exponent: Code): Code {
  return lanes.dtype === 'float32'
    ? // The error of y log|x|, at most 150 where the result is neither 0 nor infinite, is far below half an ulp.
      inFloat64(lanes, [magnitude, exponent], (halves, x, y) =>
        exp(halves, halves.keep(halves.mul(log(halves, x), y))),
      )
    : precisePower(lanes, magnitude, exponent)
}

/** x to the power y, as IEEE 754 has it. */
export function pow(lanes: Lanes, x: Code, y: Code): Code {
  const { keep, add, div, mul, number, or, and, andNot, xor, not, less, equal, select, any } = lanes
  const magnitude = keep(lanes.abs(x))
  const infinity = number(Number.POSITIVE_INFINITY)
  const within = lanes.atLeast(lanes.atMost(y, number(largestExponent)), number(-largestExponent))
  const result = keep(powerOfMagnitude(lanes, magnitude, keep(within)))
  const finite = and(less(x, infinity), less(lanes.abs(y), infinity))
  const ordinary = andNot(and(less(number(0), x), finite), equal(y, number(0)))
  lanes.when(any(not(ordinary)), () => {
    const atEnd = or(equal(x, number(0)), equal(magnitude, infinity))
    const ofEnd = select(less(y, number(0)), div(number(1), magnitude), magnitude)
    const ofMagnitude = select(atEnd, ofEnd, result)
    const integer = keep(equal(lanes.floor(y), y))
    const half = keep(mul(y, number(0.5)))
    const odd = andNot(integer, equal(lanes.floor(half), half))
    const signed = xor(ofMagnitude, and(signOf(lanes, x), odd))
    const root = andNot(and(less(x, number(0)), less(number(Number.NEGATIVE_INFINITY), x)), integer)
    const ofNumbers = select(root, number(Number.NaN), signed)
    const nan = not(and(equal(x, x), equal(y, y)))
    const one = or(equal(x, number(1)), equal(y, number(0)))
    lanes.assign(result, select(one, number(1), select(nan, add(x, y), ofNumbers)))
  })
  return result
}
