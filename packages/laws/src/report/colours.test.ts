import { expect, it } from 'vitest'
import { ansi, hasColours, plain } from './colours.ts'

it('colours terminals only, unless told otherwise', () => {
  expect(hasColours({ isTTY: true })).toBe(true)
  expect(hasColours({})).toBe(false)
  expect(hasColours({ isTTY: true, env: { NO_COLOR: '1' } })).toBe(false)
  expect(hasColours({ isTTY: true, env: { NO_COLOR: '' } })).toBe(true)
  expect(hasColours({ isTTY: true, env: { TERM: 'dumb' } })).toBe(false)
  expect(hasColours({ env: { FORCE_COLOR: '1', NO_COLOR: '1' } })).toBe(true)
  expect(hasColours({ isTTY: true, env: { FORCE_COLOR: '0' } })).toBe(false)
})

it('marks text and leaves nothing unmarked', () => {
  expect(ansi.bad('x')).toBe('\u001B[31mx\u001B[39m')
  expect(ansi.faint('')).toBe('')
  expect(plain.strong('x')).toBe('x')
})
