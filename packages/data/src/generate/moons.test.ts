import { seed, toArray } from '@pullback/core'
import { moons } from '@pullback/data'
import { expect, test } from 'vitest'

test('without noise both moons are half circles of radius 1', () => {
  const data = moons(seed(0), { noise: 0, dtype: 'float64' })
  const points = toArray(data.features)
  for (const [point, label] of toArray(data.labels).entries()) {
    const [x = 0, y = 0] = points.subarray(2 * point)
    const [cx, cy] = label === 0 ? [0, 0] : [1, 0.5]
    expect(Math.hypot(x - cx, y - cy)).toBeCloseTo(1, 12)
    expect(label === 0 ? y - cy : cy - y).toBeGreaterThan(-1e-12)
  }
})

test('noise has the standard deviation asked for', () => {
  const options = { pointsPerClass: 5000, dtype: 'float64' } as const
  const clean = toArray(moons(seed(0), { ...options, noise: 0 }).features)
  const noisy = toArray(moons(seed(0), { ...options, noise: 0.25 }).features)
  const squares = Array.from(noisy).reduce((sum, value, at) => sum + (value - (clean[at] ?? 0)) ** 2, 0)
  expect(Math.sqrt(squares / noisy.length)).toBeCloseTo(0.25, 2)
})
