import { add, mul, zerosLike, zipTrees } from '@pullback/core'
import type { Optimizer } from './optimizer.ts'
import { checkBeta, velocityAfter } from './velocity.ts'

/**
 * Momentum that looks ahead, Nesterov's accelerated gradient: `chain(nesterov(0.9), sgd(0.1))`.
 *
 *     v' = beta v + g
 *     u  = g + beta v'
 *
 * The parameters that it works on are those looked ahead to, at which the gradient g is taken. Its state is
 * `{ velocity }`, v, of the form of the parameters and zero before the first step.
 *
 * Source: Nesterov, "A method of solving a convex programming problem with convergence rate O(1/k^2)", 1983, in the
 * form of Sutskever, Martens, Dahl, Hinton, "On the importance of initialization and momentum in deep learning",
 * ICML 2013, with the learning rate outside the velocity, as in optax (`trace`) and PyTorch.
 *
 * @param beta how much of the velocity is kept from step to step, from 0 to 1 (excluded)
 * @throws RangeError if it is not in that range
 * @example
 * const ahead = nesterov(0.5)
 * const params = { b: tensor([0]) }
 * const first = ahead.update({ b: tensor([8]) }, ahead.init(params), params)
 * toNested(first.updates.b) // => [12]
 * const second = ahead.update({ b: tensor([8]) }, first.state, params)
 * toNested(second.updates.b) // => [14]
 */
export function nesterov(beta: number): Optimizer {
  checkBeta('nesterov', beta)
  return {
    init: (params) => ({ velocity: zerosLike(params) }),
    update(gradients, state) {
      const velocity = velocityAfter('nesterov', beta, gradients, state)
      return { updates: zipTrees(gradients, velocity, (g, v) => add(g, mul(v, beta))), state: { velocity } }
    },
  }
}
