import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { median, quantile, summarise } from './statistics.ts'

const numbers = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 30 })

it('a median has as many numbers below it as above', () => {
  fc.assert(
    fc.property(numbers, (all) => {
      const middle = median(all)
      const below = all.filter((x) => x < middle).length
      const above = all.filter((x) => x > middle).length
      expect(Math.max(below, above)).toBeLessThanOrEqual(all.length / 2)
    }),
  )
})

it('quartiles leave a quarter of the numbers outside, on either side', () => {
  fc.assert(
    fc.property(numbers, (all) => {
      const { lowerQuartile, median: middle, upperQuartile, count } = summarise(all)
      expect(lowerQuartile).toBeLessThanOrEqual(middle)
      expect(middle).toBeLessThanOrEqual(upperQuartile)
      expect(count).toBe(all.length)
      const quarter = Math.ceil((all.length - 1) / 4)
      expect(all.filter((x) => x < lowerQuartile).length).toBeLessThanOrEqual(quarter)
      expect(all.filter((x) => x > upperQuartile).length).toBeLessThanOrEqual(quarter)
    }),
  )
})

it('quantiles do not depend on the order, and scale with the numbers', () => {
  fc.assert(
    fc.property(numbers, fc.integer({ min: 0, max: 16 }), (all, sixteenths) => {
      const share = sixteenths / 16
      expect(quantile(all.toReversed(), share)).toBe(quantile(all, share))
      const doubled = all.map((x) => 2 * x)
      expect(quantile(doubled, share)).toBe(2 * quantile(all, share))
      expect(quantile(all, 0)).toBe(Math.min(...all))
      expect(quantile(all, 1)).toBe(Math.max(...all))
    }),
  )
})

it('nothing has no median', () => {
  expect(median([])).toBeNaN()
})
