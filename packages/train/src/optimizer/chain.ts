import type { TreeRecord } from '@pullback/core'
import type { Optimizer } from './optimizer.ts'
import { stateRecord } from './stateTree.ts'

/**
 * Optimizers one after the other, each given as gradients what the one before gives as updates.
 *
 * Its state is a record of theirs by position: `{ 0: ..., 1: ... }`. The empty chain gives gradients as they are.
 *
 * @param optimizers first to last: `chain(momentum(0.9), sgd(0.1))`
 * @example
 * const optimizer = chain(momentum(0.9), sgd(0.5))
 * const params = { b: tensor([1, 2]) }
 * const { updates, state } = optimizer.update({ b: tensor([2, 4]) }, optimizer.init(params), params)
 * toNested(updates.b) // => [-1, -2]
 * leaves(state).map(([path]) => path) // => ['0.velocity.b']
 */
export const chain = (...optimizers: readonly Optimizer[]): Optimizer => ({
  init: (params) => Object.fromEntries(optimizers.map(({ init }, position) => [`${position}`, init(params)])),
  update(gradients, state, params) {
    const states: Record<string, TreeRecord> = {}
    let updates = gradients
    for (const [position, optimizer] of optimizers.entries()) {
      const updated = optimizer.update(updates, stateRecord('chain', state, `${position}`), params)
      updates = updated.updates
      states[`${position}`] = updated.state
    }
    return { updates, state: states }
  },
})
