import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { distance, nearest, unknownName } from './nearest.ts'

it('counts changes', () => {
  expect(distance('sede', 'seed')).toBe(1)
  expect(distance('', 'abc')).toBe(3)
  expect(distance('gradient', 'gradent')).toBe(1)
})

it('is a distance', () => {
  const word = fc.stringMatching(/^[abc]{0,6}$/)
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(distance(a, b)).toBe(distance(b, a))
      expect(distance(a, b) === 0).toBe(a === b)
      expect(distance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

it('suggests a name that is close', () => {
  expect(nearest('--sede', ['--seed', '--runs'])).toBe('--seed')
  expect(nearest('--colour', ['--seed', '--runs'])).toBeUndefined()
  expect(unknownName('law', 'gradeint', ['gradient', 'rows'])).toBe(
    'there is no law gradeint; did you mean gradient?',
  )
  expect(unknownName('law', 'zero', ['gradient', 'rows'])).toBe(
    'there is no law zero; the choices are gradient, rows',
  )
})
