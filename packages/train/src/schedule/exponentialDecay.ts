import { cast, div, mul, pow } from '@pullback/core'
import { checkPositiveFinite } from './checkPositiveFinite.ts'
import type { Schedule } from './schedule.ts'

/** How fast a value decays. */
export interface ExponentialDecay {
  /** What the value is multiplied by over `steps` steps, a positive number. */
  readonly rate: number
  /** Over how many steps; 1 unless given. */
  readonly steps?: number
}

/**
 * A value that falls smoothly by the same factor in every `steps` steps.
 *
 *     s(t) = initial rate^(t / steps)
 *
 * Computed in float64.
 *
 * @param initial the value at step 0
 * @param decay `rate` and `steps`, both positive
 * @throws RangeError if one of them is not
 * @example
 * const learningRate = exponentialDecay(0.8, { rate: 0.5, steps: 10 })
 * toNumber(learningRate(scalar(0, 'int32'))) // => 0.8
 * toNumber(learningRate(scalar(20, 'int32'))) // => 0.2
 */
export function exponentialDecay(initial: number, { rate, steps = 1 }: ExponentialDecay): Schedule {
  checkPositiveFinite('exponentialDecay', { rate, steps })
  return (step) => mul(pow(rate, div(cast(step, 'float64'), steps)), initial)
}
