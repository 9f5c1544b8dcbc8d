import { seed, toArray } from '@pullback/core'
import { blobs } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('without spread all points of a class are its centre, inside the box', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      (number, classes, dimensions) => {
        const data = blobs(seed(number), { classes, dimensions, pointsPerClass: 3, spread: 0, extent: 2 })
        const values = toArray(data.features)
        for (let label = 0; label < classes; label++)
          for (let axis = 0; axis < dimensions; axis++) {
            const along = [0, 1, 2].map((point) => values[(3 * label + point) * dimensions + axis])
            expect(new Set(along).size).toBe(1)
            expect(Math.abs(along[0] ?? Infinity)).toBeLessThanOrEqual(2)
          }
      },
    ),
  )
})

test('spread is the standard deviation around the centre', () => {
  const options = { pointsPerClass: 3000, dtype: 'float64' } as const
  const centres = toArray(blobs(seed(1), { ...options, spread: 0 }).features)
  const points = toArray(blobs(seed(1), { ...options, spread: 2 }).features)
  const squares = Array.from(points).reduce((sum, value, at) => sum + (value - (centres[at] ?? 0)) ** 2, 0)
  expect(Math.sqrt(squares / points.length)).toBeCloseTo(2, 1)
})

test('features are named as far as axes have names', () => {
  expect(blobs(seed(0), { dimensions: 3 }).featureNames).toEqual(['x', 'y', 'z'])
  expect(blobs(seed(0), { dimensions: 4 }).featureNames).toEqual(['x0', 'x1', 'x2', 'x3'])
})
