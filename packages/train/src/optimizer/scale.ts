import { mapTree, mul } from '@pullback/core'
import type { Optimizer } from './optimizer.ts'

/**
 * Gradients times a number.
 *
 *     u = factor g
 *
 * It has no state.
 *
 * @param factor finite; negative to descend
 * @throws RangeError if it is not
 * @example
 * const { updates } = scale(-0.5).update({ b: tensor([2, 4]) }, {}, { b: tensor([0, 0]) })
 * toNested(updates.b) // => [-1, -2]
 */
export function scale(factor: number): Optimizer {
  if (!Number.isFinite(factor)) throw new RangeError(`scale: factor is ${factor}, which is not finite`)
  return {
    init: () => ({}),
    update: (gradients, state) => ({ updates: mapTree(gradients, (g) => mul(g, factor)), state }),
  }
}
