import { seed, toArray } from '@pullback/core'
import { xor } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

test('without noise the class is the exclusive or of the signs', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(50), (number, points) => {
      const data = xor(seed(number), { points, dtype: 'float64' })
      const values = toArray(data.features)
      for (const [point, label] of toArray(data.labels).entries()) {
        const [x = 0, y = 0] = values.subarray(2 * point)
        expect(label).toBe(x < 0 === y < 0 ? 0 : 1)
        expect(Math.max(Math.abs(x), Math.abs(y))).toBeLessThanOrEqual(1)
        expect(x * y).not.toBe(0)
      }
    }),
  )
})
