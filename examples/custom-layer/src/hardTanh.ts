import { abs, layer, less, maximum, minimum, sameShape, where } from '@pullback/core'

/**
 * The hard hyperbolic tangent, element by element, on a tensor of any shape.
 *
 *     y = min(1, max(-1, x))
 *     dx = dy where |x| < 1, else 0
 *
 * @example
 * toNested(hardTanh().forward({}, tensor([-3, 0.5, 2])).output) // => [-1, 0.5, 1]
 */
export const hardTanh = () =>
  layer({
    kind: 'hardTanh',
    shape: sameShape('hardTanh'),
    params: {},
    forward: (_, x) => ({ output: minimum(maximum(x, -1), 1), cache: { x } }),
    backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: where(less(abs(x), 1), dOutput, 0) }),
  })
