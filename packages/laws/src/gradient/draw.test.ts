import { expect, test } from 'vitest'
import { drawn } from './draw.ts'

test('numbers are a function of seed, stream and position, of either sign and never near zero', () => {
  const numbers = drawn(3, 1, 1000)
  expect(drawn(3, 1, 10)).toEqual(numbers.slice(0, 10))
  expect(drawn(3, 2, 10)).not.toEqual(numbers.slice(0, 10))
  expect(drawn(4, 1, 10)).not.toEqual(numbers.slice(0, 10))
  const sizes = numbers.map(Math.abs)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(0.5)
  expect(Math.max(...sizes)).toBeLessThan(1.5)
  expect(numbers.filter((value) => value > 0).length).toBeGreaterThan(430)
  expect(numbers.filter((value) => value > 0).length).toBeLessThan(570)
})
