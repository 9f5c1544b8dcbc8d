import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { wrap } from './wrap.ts'

it('breaks lines between words', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three'])
  expect(wrap('a word-that-is-long b', 5)).toEqual(['a', 'word-that-is-long', 'b'])
})

it('keeps the text and the width', () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 })
  fc.assert(
    fc.property(words, fc.integer({ min: 9, max: 40 }), (parts, width) => {
      const lines = wrap(parts.join(' '), width)
      expect(lines.join(' ')).toBe(parts.join(' '))
      expect(lines.every((line) => line.length <= width)).toBe(true)
    }),
  )
})
