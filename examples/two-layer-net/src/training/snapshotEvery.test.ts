import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { snapshotEvery } from './snapshotEvery.ts'

test('the end of an epoch is among the places, which are 20 at least where there are as many steps', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), (steps) => {
      const every = snapshotEvery(steps)
      expect(steps % every).toBe(0)
      expect(steps / every).toBeGreaterThanOrEqual(Math.min(steps, 20))
    }),
  )
  expect([1, 4, 40, 541, 550].map(snapshotEvery)).toEqual([1, 1, 2, 1, 25])
})
