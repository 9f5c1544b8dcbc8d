import { affine, greater, layer, mul, relu, sameShape, where, type Net } from '@pullback/core'

/** A module as users of the command write them. */
export const fc = affine(2, 3)

export const rectified = (): Net => relu()

export const leaky = (): Net =>
  layer({
    kind: 'leaky',
    shape: sameShape('leaky'),
    params: {},
    forward: (_, x) => ({ output: where(greater(x, 0), x, mul(x, 0.25)), cache: { x } }),
    // Wrong: a factor of two.
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: where(greater(x, 0), mul(dOutput, 2), mul(dOutput, 0.5)),
    }),
  })

export const notALayer = 3
