import type { Code } from '../assembler/code.ts'
import { scaling } from './exponent.ts'
import { expParts } from './exp.ts'
import { roughInverse } from './inverse.ts'
import type { FloatType, Lanes } from './lanes.ts'

/** Beyond this e^-|x| is 0. */
const end: Readonly<Record<FloatType, number>> = { float32: 104, float64: 746 }

/**
 * 1 / (1 + e^-x), from the side where e does not overflow: n / (1 + E) with E = e^-|x| and n = 1 or E, and what the
 * rounding of E and of 1 + E takes away is put back.
 */
export function sigmoid(lanes: Lanes, x: Code): Code {
  const { keep, add, sub, mul, div, neg, number, select, less } = lanes
  const magnitude = lanes.atMost(lanes.abs(x), number(end[lanes.dtype]))
  const { n, rest } = expParts(lanes, keep(neg(magnitude)))
  const power = keep(sub(number(1), rest))
  const scale = scaling(lanes, n)
  const e = keep(scale(power))
  const lostOfE = scale(sub(sub(number(1), power), rest))
  const divisor = keep(add(e, number(1)))
  const lostOfDivisor = sub(e, sub(divisor, number(1)))
  const inverse = roughInverse(lanes, divisor)
  const negative = keep(less(x, number(0)))
  const quotient = keep(div(select(negative, e, number(1)), divisor))
  // The derivatives by E are 1 / (1 + E)^2 of E / (1 + E), and the opposite of 1 / (1 + E).
  const ofE = mul(mul(inverse, inverse), lanes.xor(lostOfE, lanes.andNot(number(-0), negative)))
  return add(quotient, sub(ofE, mul(mul(quotient, lostOfDivisor), inverse)))
}
