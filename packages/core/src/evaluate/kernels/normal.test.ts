import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { normalQuantile, portableLog } from './normal.ts'
import { erf } from './special.ts'

/** The unit in the last place of a number. */
const ulp = (x: number) => Math.max(2 ** (Math.floor(Math.log2(Math.abs(x))) - 52), Number.MIN_VALUE)

describe('portableLog', () => {
  test('is within one unit in the last place of Math.log', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1022, max: 1023 }),
        fc.integer({ min: 0, max: 2 ** 52 - 1 }),
        (exponent, fraction) => {
          const x = (1 + fraction / 2 ** 52) * 2 ** exponent
          const expected = Math.log(x)
          expect(Math.abs(portableLog(x) - expected)).toBeLessThanOrEqual(ulp(expected))
        },
      ),
      { numRuns: 20_000 },
    )
  })

  test('also next to 1', () => {
    expect(portableLog(1)).toBe(0)
    for (let step = 1; step < 1000; step++)
      for (const x of [1 + step * 2 ** -52, 1 - step * 2 ** -53, 1 + step / 1000, 1 - step / 2000])
        expect(Math.abs(portableLog(x) - Math.log(x))).toBeLessThanOrEqual(ulp(Math.log(x)))
  })
})

describe('normalQuantile', () => {
  // Computed with 400 digits.
  test.each([
    [1e-300, -37.047096299361199237],
    [1e-20, -9.2623400897984075796],
    [1e-15, -7.9413453261709967713],
    [1e-12, -7.0344838253011319326],
    [1e-10, -6.3613409024040561991],
    [0.001, -3.0902323061678135354],
    [0.01, -2.3263478740408410931],
    [0.025, -1.9599639845400542118],
    [0.075, -1.4395314709384559349],
    [0.1, -1.2815515655446004353],
    [0.25, -0.6744897501960817432],
    [0.4, -0.25334710313579974132],
    [0.5, 0],
    [0.6, 0.25334710313579974132],
    [0.925, 1.4395314709384562291],
    [0.975, 1.9599639845400538556],
    [0.999, 3.0902323061678132778],
    [0.9999999, 5.1993375822906610937],
  ])('of %d is %d', (p, z) => {
    expect(Math.abs(normalQuantile(p) - z)).toBeLessThanOrEqual(1e-15 * Math.abs(z))
  })

  test('is the inverse of the distribution function', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 2 ** 20 - 1 }), (count) => {
        const p = count / 2 ** 20
        expect(Math.abs((1 + erf(normalQuantile(p) * Math.SQRT1_2)) / 2 - p)).toBeLessThan(4e-16)
      }),
    )
  })

  test('is symmetric and rises', () => {
    let last = Number.NEGATIVE_INFINITY
    for (let count = 1; count < 4096; count++) {
      const quantile = normalQuantile(count / 4096)
      expect(quantile).toBeGreaterThan(last)
      expect(normalQuantile(1 - count / 4096)).toBe(quantile === 0 ? 0 : -quantile)
      last = quantile
    }
  })
})
