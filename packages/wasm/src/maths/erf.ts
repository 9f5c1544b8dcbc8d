import type { Code } from '../assembler/code.ts'
import { erfOfDouble } from './erfOfDouble.ts'
import { erfOfSingle } from './erfOfSingle.ts'
import type { Lanes } from './lanes.ts'
import { signOf } from './sign.ts'

/** The error function. */
export function erf(lanes: Lanes, x: Code): Code {
  const magnitude = lanes.keep(lanes.abs(x))
  const ofMagnitude = lanes.dtype === 'float32' ? erfOfSingle : erfOfDouble
  return lanes.or(ofMagnitude(lanes, magnitude), signOf(lanes, x))
}
