import {
  affine,
  declaredParameters,
  heNormal,
  initialZeros,
  seed,
  toArray,
  weightScale,
  type Net,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { normals } from '../testing/normals.ts'
import { drawArbitrary, sizeArbitrary } from '../testing/sizes.ts'

test('backward agrees with central differences for any cotangent', () => {
  fc.assert(
    fc.property(sizeArbitrary, sizeArbitrary, sizeArbitrary, drawArbitrary, (N, D, H, { from, scale }) => {
      const params = { W: normals(from, 'W', [D, H], scale), b: normals(from, 'b', [H]) }
      const entries = compareLayer(
        affine(D, H),
        params,
        normals(from, 'X', [N, D], scale),
        normals(from, 'dZ', [N, H]),
      )
      expect(entries).toHaveLength(D * H + H + N * D)
      expect(worstRelativeError(entries)).toBeLessThan(1e-7)
    }),
  )
})

test('an empty batch gives zero gradients', () => {
  const fc2 = affine(2, 3)
  const params = fc2.init(seed(0), { dtype: 'float64' })
  const { cache } = fc2.forward(params, normals(0, 'X', [0, 2]) as never)
  const { dParams } = fc2.backward(params, cache, normals(0, 'dZ', [0, 3]) as never)
  expect(Array.from(toArray(dParams.W))).toEqual([0, 0, 0, 0, 0, 0])
  expect(Array.from(toArray(dParams.b))).toEqual([0, 0, 0])
})

test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('a size of %d is refused', (size) => {
  expect(() => affine(size, 3)).toThrow(`affine: inputs must be a positive integer, not ${size}`)
  expect(() => affine(3, size)).toThrow(`affine: outputs must be a positive integer, not ${size}`)
})

test('how its parameters begin is part of it', () => {
  const layer = affine(2, 3, { W: weightScale(0.01) })
  expect(layer.hyperparameters).toEqual({
    inputs: 2,
    outputs: 3,
    initial: { W: weightScale(0.01), b: { kind: 'constant', value: 0 } },
  })
  const initializersOf = (net: Net) =>
    declaredParameters(net.parameters).map(([, { initializer }]) => initializer)
  expect(initializersOf(layer)).toEqual([weightScale(0.01), initialZeros()])
  expect(initializersOf(affine(2, 3))).toEqual([heNormal(), initialZeros()])
})
