import type { Code } from '../assembler/code.ts'
import type { Lanes } from './lanes.ts'

/** The bit of the sign: set where x is negative or -0. */
export const signOf = (lanes: Lanes, x: Code): Code => lanes.and(x, lanes.number(-0))

/** The magnitude of one number with the sign of another. */
export const withSignOf = (lanes: Lanes, magnitude: Code, x: Code): Code =>
  lanes.or(lanes.abs(magnitude), signOf(lanes, x))
