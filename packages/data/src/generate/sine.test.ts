import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { cosine, sine } from './sine.ts'

const angles = fc.oneof(
  fc.double({ min: -10, max: 10, noNaN: true }),
  fc.integer({ min: -1e7, max: 1e7 }).map((n) => n / 128),
)

test('sine and cosine are those of the engine up to rounding', () => {
  fc.assert(
    fc.property(angles, (x) => {
      expect(Math.abs(sine(x) - Math.sin(x))).toBeLessThan(3e-16)
      expect(Math.abs(cosine(x) - Math.cos(x))).toBeLessThan(3e-16)
    }),
    { numRuns: 2000 },
  )
})

test('zero and the quarters of the circle', () => {
  expect(sine(0)).toBe(0)
  expect(cosine(0)).toBe(1)
  expect([1, 2, 3, 4].map((quarter) => Math.round(sine((quarter * Math.PI) / 2)) + 0)).toEqual([1, 0, -1, 0])
  expect([1, 2, 3, 4].map((quarter) => Math.round(cosine((quarter * Math.PI) / 2)) + 0)).toEqual([
    0, -1, 0, 1,
  ])
})
