import type { Code } from '../assembler/code.ts'
import type { Lanes } from './lanes.ts'
import { exponentAndFraction, logOfParts } from './log.ts'
import { signOf } from './sign.ts'

/**
 * log(1 + x), which has the sign of x; -Infinity at -1, NaN below. With u = 1 + x rounded and what that loses, it is
 * log u + lost / u.
 */
export function log1p(lanes: Lanes, x: Code): Code {
  const { keep, add, sub, div, number, equal, less, select, andNot } = lanes
  const u = keep(add(x, number(1)))
  const ofX = keep(sub(u, number(1)))
  // Knuth's exact error of a sum.
  const lost = add(sub(number(1), sub(u, ofX)), sub(x, ofX))
  const { k, f } = exponentAndFraction(lanes, u)
  const near = keep(equal(k, number(0)))
  const result = keep(
    lanes.or(logOfParts(lanes, k, keep(select(near, x, f)), andNot(div(lost, u), near)), signOf(lanes, x)),
  )
  const ordinary = lanes.and(less(number(-1), x), less(x, number(Number.POSITIVE_INFINITY)))
  lanes.when(lanes.any(lanes.not(ordinary)), () => {
    // The square root of 1 + x is NaN and infinite where the logarithm is.
    const special = select(equal(x, number(-1)), number(Number.NEGATIVE_INFINITY), lanes.sqrt(u))
    lanes.assign(result, select(ordinary, result, special))
  })
  return result
}
