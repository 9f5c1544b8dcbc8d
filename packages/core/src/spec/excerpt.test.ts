import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerpt, shorten } from './excerpt.ts'

test('any value is shown on one short line', () => {
  const value = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    stringUnit: 'binary',
  })
  fc.assert(
    fc.property(value, (shown) => {
      expect(excerpt(shown)).toMatch(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u)
      expect(excerpt(shown).length).toBeLessThan(600)
    }),
  )
})

test('JSON that is short is shown as it is', () => {
  expect(excerpt([1, 'a', null])).toBe('[1, "a", null]')
  expect(excerpt({ a: { b: [1] } })).toBe('{ "a": { "b": [...] } }')
  expect(excerpt([1, 2, 3, 4])).toBe('[1, 2, 3, ...]')
  expect(excerpt(-0)).toBe('-0')
  expect(excerpt('a\nb\u2028')).toBe('"a\\nb\\u{2028}"')
})

test('a text is cut', () => {
  expect(shorten('abc', 3)).toBe('abc')
  expect(shorten('abcd', 3)).toBe('abc...')
  expect(shorten('a\n  b', 9)).toBe('a b')
})
