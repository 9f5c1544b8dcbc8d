import {
  affine,
  identity,
  initialConstant,
  layer,
  matmul,
  mul,
  parameter,
  relu,
  sameShape,
  signature,
  sum,
  tanh,
  sub,
  square,
  xavierNormal,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'

/** tanh, element by element: a smooth layer without parameters. */
export const tanhLayer = () =>
  layer({
    kind: 'tanh',
    shape: sameShape('tanh'),
    params: {},
    forward: (_, x) => {
      const y = tanh(x)
      return { output: y, cache: { y } }
    },
    backward: (_, { y }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, sub(1, square(y))) }),
  })

/** x times one learned number: a parameter that is a scalar. */
export const scaleLayer = () =>
  layer({
    kind: 'scale',
    shape: sameShape('scale'),
    params: { s: parameter([], initialConstant(1.5)) },
    forward: ({ s }, x) => ({ output: mul(x, s), cache: { x } }),
    backward: ({ s }, { x }, dOutput) => ({ dParams: { s: sum(mul(dOutput, x)) }, dInput: mul(dOutput, s) }),
  })

/** x W: a parameter whose transpose fits too. */
export const squareMap = (size: number): Net =>
  layer({
    kind: 'squareMap',
    hyperparameters: { size },
    shape: signature(`squareMap(${size})`, ['N', size], ['N', size]),
    params: { W: parameter([size, size], xavierNormal()) },
    forward: ({ W }, x) => ({ output: matmul(x, W), cache: { x } }),
    backward: ({ W }, { x }, dOutput) => ({
      dParams: { W: matmul(x, dOutput, { transposeA: true }) },
      dInput: matmul(dOutput, W, { transposeB: true }),
    }),
  })

/** A smooth layer from `size` columns to `size` columns. */
export const smoothLayer = (size: number): fc.Arbitrary<Net> =>
  fc.constantFrom<Net>(identity(), tanhLayer(), scaleLayer(), affine(size, size), squareMap(size))

/** A layer from `size` columns to `size` columns, relu among them. */
export const anyLayer = (size: number): fc.Arbitrary<Net> =>
  fc.oneof({ weight: 4, arbitrary: smoothLayer(size) }, { weight: 1, arbitrary: fc.constant<Net>(relu()) })
