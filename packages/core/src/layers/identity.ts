import { layer } from '../layer/define.ts'
import { sameShape } from '../shape/signature.ts'

/**
 * The layer that gives what it takes: the neutral element of composition.
 *
 *     y = x
 *     dx = dy
 *
 * @example
 * toNested(identity().forward({}, tensor([1, 2])).output) // => [1, 2]
 */
export const identity = () =>
  layer({
    kind: 'identity',
    shape: sameShape('identity'),
    params: {},
    forward: (_, x) => ({ output: x, cache: {} }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
