import { expect, test } from 'vitest'
import { logExtent } from './logExtent.ts'

test.each([
  [[0.9, 0.04], 0.02, 1],
  [[0.3, 0.02], 0.02, 0.5],
  [[2.3, 0.099], 0.05, 5],
  [[10, 0.1], 0.1, 10],
])('%j lie between %d and %d', (values, min, max) => {
  expect(logExtent(values)).toEqual({ min, max })
})

test('many decades are whole, and not all of them marked', () => {
  expect(logExtent([8e13, 1.1])).toEqual({ min: 1, max: 1e14, interval: 3 })
  expect(logExtent([0.0013, 2])).toEqual({ min: 0.001, max: 10, interval: 1 })
})
