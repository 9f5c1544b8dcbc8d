import { l2, scalar, tensor, toNumber } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareLayer, worstRelativeError } from '../testing/centralDifference.ts'
import { normals } from '../testing/normals.ts'
import { drawArbitrary } from '../testing/sizes.ts'

const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 })
const strengths = fc.integer({ min: 0, max: 64 }).map((value) => value / 64)

test('backward agrees with central differences for any shape, strength and cotangent', () => {
  fc.assert(
    fc.property(shapes, strengths, drawArbitrary, (shape, reg, { from, scale }) => {
      const entries = compareLayer(l2(reg), {}, normals(from, 'W', shape, scale), normals(from, 'dL', []))
      expect(worstRelativeError(entries)).toBeLessThan(1e-7)
    }),
  )
})

test('the value is reg times the sum of squares, not half of it', () => {
  expect(
    toNumber(
      l2(0.5).forward(
        {},
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ).output,
    ),
  ).toBe(15)
  expect(toNumber(l2(3).forward({}, scalar(-2)).output)).toBe(12)
})

test.each([-1, Number.NaN, Infinity])('a strength of %d is refused', (reg) => {
  expect(() => l2(reg)).toThrow(`l2: reg must be a finite number from 0 on, not ${reg}`)
})
