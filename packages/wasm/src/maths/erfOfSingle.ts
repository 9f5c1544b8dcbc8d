import type { Code } from '../assembler/code.ts'
import { expParts } from './exp.ts'
import { powerOfTwo } from './exponent.ts'
import type { Lanes } from './lanes.ts'

// Fitted by the algorithm of Remez with the weights of a relative error of erf, 2^-27 and 2^-28 at most: erf x / x - 1 in
// x^2 below 0.85, and -log(erfc x) in x from there to where erf is 1.
const near = [0.1283791602, -0.3761257184, 0.112827174, -0.02680254775, 0.005051094789, -0.0006315129142]
const far = [
  0.0001045232332, 1.128061011, 0.6365189244, 0.1045259421, -0.02251906015, 0.003117855576, -0.000203676884,
]
const border = 0.85
const end = 4

/** erf of float32 from 0 on. */
export function erfOfSingle(lanes: Lanes, x: Code): Code {
  const { keep, add, sub, mul, neg, number, polynomial } = lanes
  const squared = keep(mul(x, x))
  const below = add(x, mul(x, polynomial(near, squared)))
  // NaN where x is.
  const within = keep(lanes.atMost(x, number(end)))
  const { n, rest } = expParts(lanes, keep(neg(polynomial(far, within))))
  const complement = mul(sub(number(1), rest), powerOfTwo(lanes, n))
  return lanes.select(lanes.less(x, number(border)), below, sub(number(1), complement))
}
