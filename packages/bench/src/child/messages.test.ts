import { expect, it } from 'vitest'
import { fromLine, toLine, type Message } from './messages.ts'

const messages: readonly Message[] = [
  { kind: 'absent', reason: 'no library' },
  { kind: 'failed', reason: 'a\nb' },
  { kind: 'first', prepareMilliseconds: 1, stepMilliseconds: 2 },
  { kind: 'verified', losses: [1, null, 3], stepMilliseconds: [1, 2, 3] },
  { kind: 'verified', losses: [], stepMilliseconds: [], againMilliseconds: 7 },
  { kind: 'timed', count: 10, milliseconds: 1.5, peakBytes: 1024 },
]

it.each(messages)('reads $kind as it was written, in one line', (message) => {
  const text = toLine(message)
  expect(text.indexOf('\n')).toBe(text.length - 1)
  expect(fromLine(text.trimEnd())).toEqual(message)
})

it('lets the chatter of packages pass', () => {
  expect(fromLine('Hi, looks like you are running this in Node.js')).toBeUndefined()
})

it('refuses what is marked as a message and is none', () => {
  const bad = ['{', '{"kind":"timed"}', '{"kind":"timed","count":"1","milliseconds":1,"peakBytes":1}', '7']
  for (const text of bad) expect(() => fromLine(`@bench ${text}`)).toThrow(/^a child said what is no message/)
})
