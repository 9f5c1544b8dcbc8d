import { expect, test } from 'vitest'
import { unbroken } from './unbroken.ts'

test.each([
  ['98.7 % in 5.7 s.', '98.7_% in 5.7_s.'],
  ['274 of 274 agree, at fc1.W[0, 8]', '274_of_274 agree, at fc1.W[0,_8]'],
  ['2 spirals', '2 spirals'],
])('%j has no line end in a figure', (text, expected) => {
  expect(unbroken(text).replaceAll('\u00A0', '_')).toBe(expected)
})
