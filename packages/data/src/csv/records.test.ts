import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fault } from '../errors/dataError.ts'
import { recordSplitter, type CsvRecord } from './records.ts'

function split(
  pieces: readonly string[],
  delimiter = ',',
): { records: CsvRecord[]; fault: Fault | undefined } {
  const records: CsvRecord[] = []
  const splitter = recordSplitter(delimiter, (record) => {
    records.push(record)
    return undefined
  })
  for (const piece of pieces) {
    const fault = splitter.take(piece)
    if (fault !== undefined) return { records, fault }
  }
  return { records, fault: splitter.end() }
}

const fieldsOf = (text: string, delimiter?: string) =>
  split([text], delimiter).records.map(({ fields }) => fields)

const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`
const plain = (field: string): boolean => !/[",;\r\n]/.test(field) && field.trim() === field && field !== ''

const piecesOf = (text: string, cuts: readonly number[]): readonly string[] => {
  const ends = [...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted((a, b) => a - b)
  return ends.map((end, at) => text.slice(ends[at - 1] ?? 0, end))
}

const field = fc.string({
  unit: fc.constantFrom('a', ' ', '"', ',', ';', '\n', '\r', 'é', '1'),
  maxLength: 5,
})

test('tables come back, quoted where they must be, whatever the line ends and the pieces', () => {
  const tables = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 })
  const ends = fc.constantFrom('\n', '\r\n', '\r')
  fc.assert(
    fc.property(
      tables,
      ends,
      fc.boolean(),
      fc.constantFrom(',', ';'),
      fc.array(fc.nat()),
      (table, end, last, delimiter, cuts) => {
        const lines = table.map((row) =>
          row.map((text) => (plain(text) ? text : quoted(text))).join(delimiter),
        )
        const text = lines.join(end) + (last && lines.length > 0 ? end : '')
        const { records, fault } = split(piecesOf(text, cuts), delimiter)
        expect(fault).toBeUndefined()
        expect(records.map(({ fields }) => fields)).toEqual(table)
      },
    ),
  )
})

test('records know the line that they start on', () => {
  const lines = split(['a\r\n"x\ny",2\r\n\rb']).records
  expect(lines).toEqual([
    { line: 1, fields: ['a'] },
    { line: 2, fields: ['x\ny', '2'] },
  ])
  expect(split(['a\r\n"x\ny",2\r\n', 'b']).records.at(-1)).toEqual({ line: 4, fields: ['b'] })
})

test('fields without quotes are trimmed, those with quotes are not', () => {
  expect(fieldsOf(' a , b\t,"  "\n')).toEqual([['a', 'b', '  ']])
  expect(fieldsOf('a"b,\n')).toEqual([['a"b', '']])
  expect(fieldsOf('"a""b"')).toEqual([['a"b']])
})

test('line ends may be mixed, and the last field may be empty', () => {
  expect(fieldsOf('a\rb\nc\r\nd')).toEqual([['a'], ['b'], ['c'], ['d']])
  expect(fieldsOf('a,')).toEqual([['a', '']])
})

test('blank lines at the end do not count, in between they do', () => {
  expect(fieldsOf('a,b\n\n  \r\n\n')).toEqual([['a', 'b']])
  expect(split(['a,b\n\n\nc,d']).fault).toMatchObject({ at: 'line 2', found: 'a blank line' })
  expect(fieldsOf('')).toEqual([])
  expect(fieldsOf('""\n')).toEqual([['']])
})

test('a quote that is never closed, and text after one that is, are faults', () => {
  expect(split(['a,b\nc,"d\n1,2\n']).fault).toMatchObject({
    kind: 'truncated',
    at: 'line 2, column 2',
    found: 'the end of the file',
  })
  expect(split(['a,"b" c\n']).fault).toMatchObject({ at: 'line 1, column 2', found: 'more text' })
})

test('a field or a line without end is a fault before memory is full', () => {
  const fill = Array.from({ length: 40 }, () => 'x'.repeat(2 ** 15))
  expect(split(fill).fault).toMatchObject({ at: 'line 1, column 1', found: 'more' })
  expect(split(['"', ...fill]).fault).toMatchObject({ found: 'more' })
  expect(split(Array.from({ length: 40 }, () => ','.repeat(2 ** 15))).fault).toMatchObject({ found: 'more' })
})
