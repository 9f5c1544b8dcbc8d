import { cast, div, floor, mul, pow } from '@pullback/core'
import { checkPositiveFinite } from './checkPositiveFinite.ts'
import type { Schedule } from './schedule.ts'

/** How a value falls in stairs. */
export interface StepDecay {
  /** What the value is multiplied by at every stair, a positive number. */
  readonly factor: number
  /** How many steps a stair is long. */
  readonly every: number
}

/**
 * A value that falls in stairs.
 *
 *     s(t) = initial factor^floor(t / every)
 *
 * Computed in float64.
 *
 * @param initial the value at step 0
 * @param decay `factor` and `every`, both positive
 * @throws RangeError if one of them is not
 * @example
 * const learningRate = stepDecay(0.8, { factor: 0.5, every: 10 })
 * toNumber(learningRate(scalar(9, 'int32'))) // => 0.8
 * toNumber(learningRate(scalar(10, 'int32'))) // => 0.4
 */
export function stepDecay(initial: number, { factor, every }: StepDecay): Schedule {
  checkPositiveFinite('stepDecay', { factor, every })
  return (step) => mul(pow(factor, floor(div(cast(step, 'float64'), every))), initial)
}
