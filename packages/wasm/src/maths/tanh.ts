import type { Code } from '../assembler/code.ts'
import { powerOfTwo } from './exponent.ts'
import { expm1Parts } from './expm1.ts'
import { roughInverse } from './inverse.ts'
import type { FloatType, Lanes } from './lanes.ts'
import { withSignOf } from './sign.ts'

/** From here on tanh is 1. */
const end: Readonly<Record<FloatType, number>> = { float32: 10, float64: 22 }

/**
 * tanh |x| = -E / (2 + E), E = e^(-2|x|) - 1, with what the rounding of E and of 2 + E takes away put back.
 */
export function tanh(lanes: Lanes, x: Code): Code {
  const { keep, add, sub, mul, div, neg, number } = lanes
  const magnitude = lanes.atMost(lanes.abs(x), number(end[lanes.dtype]))
  const { n, sum, rest } = expm1Parts(lanes, keep(mul(magnitude, number(-2))))
  const difference = keep(sub(sum, rest))
  const scale = keep(powerOfTwo(lanes, n))
  const e = keep(mul(difference, scale))
  const lostOfE = mul(sub(sub(sum, difference), rest), scale)
  const divisor = keep(add(e, number(2)))
  const lostOfDivisor = sub(e, sub(divisor, number(2)))
  const quotient = keep(div(neg(e), divisor))
  // The derivative of -E / (2 + E) is -2 / (2 + E)^2; a rough inverse is enough for what is lost.
  const inverse = roughInverse(lanes, divisor)
  const correction = mul(inverse, add(mul(quotient, lostOfDivisor), mul(mul(inverse, number(2)), lostOfE)))
  return withSignOf(lanes, sub(quotient, correction), x)
}
