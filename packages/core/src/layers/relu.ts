import { layer } from '../layer/define.ts'
import { sameShape } from '../shape/signature.ts'
import { greater, maximum, where } from '../tensor/elementwise.ts'

/**
 * The rectified linear unit, element by element, on a tensor of any shape.
 *
 *     p = max(0, z)
 *     dz = dp where z > 0, else 0        relu'(0) = 0
 *
 * @example
 * toNested(relu().forward({}, tensor([-1, 0, 2])).output) // => [0, 0, 2]
 */
export const relu = () =>
  layer({
    kind: 'relu',
    shape: sameShape('relu'),
    params: {},
    forward: (_, z) => ({ output: maximum(z, 0), cache: { z } }),
    backward: (_, { z }, dOutput) => ({ dParams: {}, dInput: where(greater(z, 0), dOutput, 0) }),
  })
