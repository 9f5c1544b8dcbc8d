import { expect, test } from 'vitest'
import * as fc from 'fast-check'
import { isLeft } from '#fp/Either'
import { coreKinds, parseSpec, registry, toSpec } from '@pullback/core'
import { netArbitrary } from './net.arbitrary.ts'

const parse = parseSpec(registry(...coreKinds))

function sentence(text: string): string {
  const began = performance.now()
  const result = parse(text)
  const took = performance.now() - began
  if (took > 3000) return `took ${took} ms`
  return isLeft(result) ? result.left.message : 'was read'
}

const relu = '{ "version": 1, "net": { "kind": "relu" } }'

/** The message of the parser of the engine, if a text is not JSON. */
function engine(text: string): unknown {
  try {
    JSON.parse(text)
    return undefined
  } catch (error) {
    return error
  }
}

test('a text is refused as JSON if and only if the engine refuses it', () => {
  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    '"a"',
    '"\\u00e9"',
    '\\',
    'true',
    'nul',
    'null',
    '-',
    '0',
    '01',
    '1.5',
    '1.',
    '1e5',
    '1e',
    '.5',
    ' ',
    '\n',
    '\t',
    '\f',
    '\u00a0',
    '+1',
    "'a'",
    'NaN',
    '\u0007',
    '\u007f',
  )
  const texts = fc.oneof(
    fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
    fc.json(),
    fc.tuple(fc.json(), fc.nat(), piece).map(([text, where, more]) => {
      const cut = where % (text.length + 1)
      return text.slice(0, cut) + more + text.slice(cut + (where % 2))
    }),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const message = sentence(text)
      fc.pre(!message.includes('is written twice'))
      expect(message.startsWith('line ')).toBe(engine(text) !== undefined)
    }),
    { numRuns: 2000 },
  )
})

test('a net in text', () => {
  fc.assert(
    fc.property(netArbitrary, fc.nat(4), ({ layer }, indent) => {
      const text = JSON.stringify(toSpec(layer), undefined, indent)
      expect(sentence(text)).toBe('was read')
      expect(sentence(`\ufeff${text}\r\n`)).toBe('was read')
    }),
  )
})

test('sentences', () => {
  expect(sentence(relu)).toBe('was read')
  expect(sentence('')).toBe('line 1, column 1: expected a value, found the end of the text')
  expect(sentence(`${relu} }`)).toBe('line 1, column 45: expected the end of the text, found "}"')
  expect(sentence('{\n  "version": 1,\n  net: 3\n}')).toBe(
    'line 3, column 3: expected a field name in double quotes, found "net"',
  )
  expect(sentence('{\r\n  "version" 1 }')).toBe('line 2, column 13: expected ":", found "1"')
  expect(sentence('{ "version": 1 "net"')).toBe('line 1, column 16: expected "," or "}", found "\\""')
  expect(sentence('[1 2]')).toBe('line 1, column 4: expected "," or "]", found "2"')
  expect(sentence('[1, ]')).toBe('line 1, column 5: expected a value, found "]"')
  expect(sentence('{ "version": NaN }')).toBe('line 1, column 14: expected a value, found "NaN"')
  expect(sentence('{ "version": 01 }')).toBe('line 1, column 14: expected a value, found "01"')
  expect(sentence('{ "version')).toBe('line 1, column 3: the string that begins here has no closing quote')
  expect(sentence('{ "a\\q": 1 }')).toBe('line 1, column 5: "\\\\q" cannot stand in a string')
  expect(sentence('{ "a\nb": 1 }')).toBe('line 1, column 5: "\\nb" cannot stand in a string')
  expect(sentence('{ "version": 1,\n "version": 1 }')).toBe(
    'line 2, column 2: the field "version" is written twice',
  )
  expect(sentence('{ "version": 1, "\\u0076ersion": 1 }')).toContain('the field "version" is written twice')
  expect(sentence('{ "version": 1, "net": { "kind": "relu", "hyperparameters": { "a": 1e999 } } }')).toBe(
    'net.hyperparameters.a: should be a finite number, not Infinity',
  )
})

test('megabytes', () => {
  const texts: readonly (readonly [string, string])[] = [
    ['['.repeat(5_000_000) + ']'.repeat(5_000_000), 'line 1, column 1601: nested deeper than 1600 levels'],
    [`${'{"a":'.repeat(2_000_000)}1${'}'.repeat(2_000_000)}`, 'nested deeper than 1600 levels'],
    [`{"version":1,"net":${'{"kind":"residual","body":'.repeat(400_000)}`, 'nested deeper'],
    [`"${'a'.repeat(10_000_000)}`, 'line 1, column 1: the string that begins here has no closing quote'],
    [`"${'\\n'.repeat(5_000_000)}"`, 'the spec should be an object'],
    ['\n'.repeat(10_000_000), 'line 10000001, column 1: expected a value'],
    ['a'.repeat(10_000_000), 'line 1, column 1: expected a value, found "aaa'],
    ['1'.repeat(10_000_000), 'the spec should be an object, not Infinity'],
    [
      `{"version":1,"net":{"kind":"addition","hyperparameters":{"names":[${'"a",'.repeat(2_000_000)}"b"]}}}`,
      'net.hyperparameters.names: has 2000001 entries, more than 1000000',
    ],
  ]
  for (const [text, start] of texts) {
    const message = sentence(text)
    expect(message).toContain(start)
    expect(message.length).toBeLessThan(300)
  }
})
