import { seed } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sample, sampleSize } from './sample.ts'

test('a sample has different elements of the tensor, all of them if it is small or all are wanted', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5000 }), fc.boolean(), fc.nat(), (size, whole, number) => {
      const positions = sample(size, whole, seed(number))
      expect(new Set(positions).size).toBe(whole ? size : Math.min(size, sampleSize))
      expect(positions.every((position) => position >= 0 && position < size)).toBe(true)
      expect(sample(size, whole, seed(number))).toEqual(positions)
    }),
  )
})
