import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { counted, quote, quoteList } from './quote.ts'

test('a value is shown on one line and short, however long it is', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
      expect(quote(text)).not.toMatch(/[\n\r]/)
      expect(quote(text).length).toBeLessThan(6 * 41 + 3)
      expect(JSON.parse(quote(text))).toBe(text.length <= 40 ? text : `${text.slice(0, 40)}…`)
    }),
  )
  expect(quote('x'.repeat(41))).toBe(`"${'x'.repeat(40)}…"`)
  expect(quote('x'.repeat(1_000_000))).toBe(`"${'x'.repeat(40)}…"`)
})

test('many names are cut, one is singular', () => {
  expect(quoteList(['a', 'b'])).toBe('"a", "b"')
  expect(quoteList(Array.from({ length: 10 }, (_, n) => `${n}`))).toMatch(/"7" and 2 more$/)
  expect([counted(0, 'byte'), counted(1, 'byte'), counted(2, 'byte')]).toEqual([
    '0 bytes',
    '1 byte',
    '2 bytes',
  ])
})
