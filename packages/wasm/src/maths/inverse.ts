import type { Code } from '../assembler/code.ts'
import type { Lanes } from './lanes.ts'

/** 1 / x for x from 1 to 2, to 3 % and exact at both ends: enough for what rounding takes away. */
export function roughInverse(lanes: Lanes, x: Code): Code {
  const { keep, add, sub, mul, number } = lanes
  const above = keep(sub(x, number(1)))
  return keep(add(mul(above, sub(mul(above, number(0.42)), number(0.92))), number(1)))
}
