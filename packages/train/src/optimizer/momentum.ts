import { zerosLike } from '@pullback/core'
import type { Optimizer } from './optimizer.ts'
import { checkBeta, velocityAfter } from './velocity.ts'

/**
 * A velocity that remembers gradients, the older the less (the heavy ball): `chain(momentum(0.9), sgd(0.1))`.
 *
 *     v' = beta v + g
 *     u  = v'
 *
 * Its state is `{ velocity }`, v, of the form of the parameters and zero before the first step.
 *
 * Source: Polyak, "Some methods of speeding up the convergence of iteration methods", 1964; with the learning rate
 * outside the velocity, as in optax (`trace`) and PyTorch.
 *
 * @param beta how much of the velocity is kept from step to step, from 0 to 1 (excluded)
 * @throws RangeError if it is not in that range
 * @example
 * const heavy = momentum(0.5)
 * const params = { b: tensor([0]) }
 * const first = heavy.update({ b: tensor([8]) }, heavy.init(params), params)
 * const second = heavy.update({ b: tensor([8]) }, first.state, params)
 * toNested(second.updates.b) // => [12]
 */
export function momentum(beta: number): Optimizer {
  checkBeta('momentum', beta)
  return {
    init: (params) => ({ velocity: zerosLike(params) }),
    update(gradients, state) {
      const velocity = velocityAfter('momentum', beta, gradients, state)
      return { updates: velocity, state: { velocity } }
    },
  }
}
