import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { centralDifference, steps } from './centralDifference.ts'

test('it is exact, but for rounding, on polynomials of degree 4', () => {
  const coefficients = fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 5, maxLength: 5 })
  fc.assert(
    fc.property(coefficients, (c) => {
      const f = (x: number) => c.reduce((sum, coefficient, power) => sum + coefficient * x ** power, 0)
      for (const step of steps) expect(centralDifference(f, step)).toBeCloseTo(c[1] ?? 0, 7)
    }),
  )
})

test('what is left out shrinks with the fourth power of the step', () => {
  const error = (step: number) => Math.abs(centralDifference(Math.exp, step) - 1)
  expect(error(0.1) / error(0.05)).toBeCloseTo(16, 1)
})
