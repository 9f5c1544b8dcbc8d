import { expect, test } from 'vitest'
import { logExtent } from './logExtent.ts'

test.each([
  [[0.9, 0.04], 0.02, 1],
  [[0.3, 0.02], 0.02, 0.5],
  [[2.3, 0.099], 0.05, 5],
  [[8e13, 1.1], 1, 1e14],
  [[10, 0.1], 0.1, 10],
])('%j lie between round numbers', (values, min, max) => {
  expect(logExtent(values)).toEqual({ min, max })
})
