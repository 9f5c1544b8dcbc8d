import { neg } from '@pullback/core'
import type { Schedule } from '../schedule/schedule.ts'
import type { Optimizer } from './optimizer.ts'
import { scale } from './scale.ts'
import { scaleBySchedule } from './scaleBySchedule.ts'

/**
 * Gradient descent: a step against the gradient, stochastic where the gradient is that of a batch.
 *
 *     u = -learningRate g                 state {}
 *     u = -learningRate(t) g,  t' = t + 1   state { step }, if the learning rate is a schedule
 *
 * Source: Robbins, Monro, "A stochastic approximation method", Annals of Mathematical Statistics 22 (1951).
 *
 * @param learningRate a finite number, or a schedule
 * @throws RangeError if a number is not finite
 * @example
 * const { updates } = sgd(0.5).update({ b: tensor([2, 4]) }, {}, { b: tensor([0, 0]) })
 * toNested(updates.b) // => [-1, -2]
 */
export function sgd(learningRate: number | Schedule): Optimizer {
  if (typeof learningRate === 'function') return scaleBySchedule((step) => neg(learningRate(step)))
  if (!Number.isFinite(learningRate))
    throw new RangeError(`sgd: the learning rate is ${learningRate}, which is not finite`)
  return scale(-learningRate)
}
