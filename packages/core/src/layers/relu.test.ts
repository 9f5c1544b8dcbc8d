import { abs, fromValues, min, relu, tensor, toArray, toNested, toNumber } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLayer, reach, worstRelativeError } from '../testing/centralDifference.ts'
import { normals } from '../testing/normals.ts'
import { drawArbitrary } from '../testing/sizes.ts'

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })

test('backward agrees with central differences away from the kink, for any shape and cotangent', () => {
  fc.assert(
    fc.property(shapes, drawArbitrary, (shape, { from, scale }) => {
      const z = normals(from, 'z', shape, scale)
      fc.pre(toNumber(min(abs(z))) > reach)
      expect(worstRelativeError(compareLayer(relu(), {}, z, normals(from, 'dp', shape)))).toBeLessThan(1e-7)
    }),
  )
})

test('the derivative at 0 is 0, and -0 is 0', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(0, -0), { minLength: 1 }), fc.nat(), (values, from) => {
      const z = fromValues(values, [values.length], 'float64')
      const { cache, output } = relu().forward({}, z)
      const { dInput } = relu().backward({}, cache, normals(from, 'dp', [values.length]))
      expect(toArray(dInput).every((value) => value === 0)).toBe(true)
      expect(toArray(output).every((value) => value === 0)).toBe(true)
    }),
  )
})

test('NaN stays NaN and infinities are kept or cut', () => {
  const { output } = relu().forward({}, tensor([Number.NaN, Infinity, -Infinity]))
  expect(toNested(output)).toEqual([Number.NaN, Infinity, 0])
})
