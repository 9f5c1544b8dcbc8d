import { expect, test } from 'vitest'
import { unbroken } from './unbroken.ts'

test.each([
  ['98.7 % in 5.7 s.', '(98.7 %) in (5.7 s).'],
  ['274 of 274 agree to 1.0e-7, at fc1.W[0, 8]', '(274 of 274) agree to (1.0e-7), at (fc1.W[0, 8])'],
  ['D = 64 the', '(D = 64) the'],
  ['2 spirals', '2 spirals'],
  ['<b> 1 %', '&lt;b&gt; (1 %)'],
])('%j has no line end in a figure', (text, expected) => {
  expect(unbroken(text).markup.replaceAll('<span class="whole">', '(').replaceAll('</span>', ')')).toBe(
    expected,
  )
})
