import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { toChart } from './chart.ts'
import { toMarkdown } from './markdown.ts'
import { threeDigits } from './numbers.ts'
import { exampleResult } from './result.fixture.ts'
import { duration, logAxis } from './svg.ts'

it('writes the table', () => {
  expect(toMarkdown(exampleResult)).toMatchSnapshot()
})

it('draws the table', () => {
  expect(toChart(exampleResult)).toMatchSnapshot()
})

it('writes numbers to three digits, and reads them back within half of the last', () => {
  expect([0.0123, 1.764, 35.06, 999.6, 1440, 2_220_400].map(threeDigits)).toEqual([
    '0.0123',
    '1.76',
    '35.1',
    '1,000',
    '1,440',
    '2,220,000',
  ])
  fc.assert(
    fc.property(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), (x) => {
      const shown = Number(threeDigits(x).replaceAll(',', ''))
      expect(Math.abs(shown - x)).toBeLessThanOrEqual(0.00501 * x)
    }),
  )
})

it('writes durations in the unit that reads best', () => {
  expect([0.1, 12, 1500, 2_000_000].map(duration)).toEqual(['0.1 µs', '12 µs', '1.5 ms', '2 s'])
})

it('has all values between the ends of an axis', () => {
  const values = fc.array(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), { minLength: 1 })
  fc.assert(
    fc.property(values, (all) => {
      const { at, ticks } = logAxis(all, 100, 300)
      expect(at(ticks[0] ?? Number.NaN)).toBeCloseTo(100)
      expect(at(ticks.at(-1) ?? Number.NaN)).toBeCloseTo(300)
      for (const value of all) {
        expect(at(value)).toBeGreaterThanOrEqual(100 - 1e-6)
        expect(at(value)).toBeLessThanOrEqual(300 + 1e-6)
      }
    }),
  )
})
