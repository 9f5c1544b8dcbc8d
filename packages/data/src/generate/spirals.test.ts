import { seed, toArray } from '@pullback/core'
import { spirals } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('without noise every point is where the formula says', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 30 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 0, max: 40 }),
      (n, K, tenths) => {
        const sweep = tenths / 10
        const data = spirals(seed(0), { pointsPerClass: n, classes: K, noise: 0, sweep, dtype: 'float64' })
        const points = toArray(data.features)
        for (let k = 0; k < K; k++)
          for (let i = 0; i < n; i++) {
            const r = i / (n - 1)
            const t = (2 * Math.PI * k) / K + sweep * r
            expect(points[2 * (k * n + i)]).toBeCloseTo(r * Math.sin(t), 12)
            expect(points[2 * (k * n + i) + 1]).toBeCloseTo(r * Math.cos(t), 12)
          }
      },
    ),
  )
})

test('noise turns points, and leaves their distance from the origin', () => {
  const points = toArray(spirals(seed(5), { noise: 3, dtype: 'float64' }).features)
  for (let point = 0; point < 300; point++)
    expect(Math.hypot(points[2 * point] ?? 0, points[2 * point + 1] ?? 0)).toBeCloseTo((point % 100) / 99, 12)
})

test('options that are none are refused', () => {
  expect(() => spirals(seed(0), { pointsPerClass: 1.5 })).toThrow(
    'pointsPerClass: takes a whole number from 0 on, not 1.5',
  )
  expect(() => spirals(seed(0), { classes: 0 })).toThrow('classes: takes a whole number from 1 on, not 0')
  expect(() => spirals(seed(0), { noise: Number.NaN })).toThrow('noise: takes a number from 0 on, not NaN')
  expect(() => spirals(seed(0), { sweep: Infinity })).toThrow(RangeError)
})
