import { add, cast, isTensor, mapTree, mul, scalar } from '@pullback/core'
import type { Schedule, Step } from '../schedule/schedule.ts'
import type { Optimizer } from './optimizer.ts'
import { stateEntry } from './stateTree.ts'

/**
 * Gradients times a number that depends on the step.
 *
 *     u  = schedule(t) g
 *     t' = t + 1
 *
 * Its state is `{ step }`, the int32 scalar t, 0 before the first step. The number is cast to the dtype of each gradient.
 *
 * @param schedule from the step to a float scalar, such as `exponentialDecay(...)`
 * @example
 * const halving = scaleBySchedule(exponentialDecay(1, { rate: 0.5 }))
 * const params = { b: tensor([0]) }
 * const first = halving.update({ b: tensor([8]) }, halving.init(params), params)
 * const second = halving.update({ b: tensor([8]) }, first.state, params)
 * toNested(second.updates.b) // => [4]
 */
export const scaleBySchedule = (schedule: Schedule): Optimizer => ({
  init: () => ({ step: scalar(0, 'int32') }),
  update(gradients, state) {
    const step = stateEntry('scaleBySchedule', state, 'step')
    if (!isTensor(step)) throw new TypeError('scaleBySchedule: step of the state is not a tensor')
    const factor = schedule(step as Step)
    return {
      updates: mapTree(gradients, (g) => mul(g, cast(factor, g.dtype))),
      state: { step: add(step, 1) },
    }
  },
})
