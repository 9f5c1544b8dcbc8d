import { gzipSync } from 'node:zlib'
import { toArray, toNested } from '@pullback/core'
import { bytesSource, readCsv, type CsvOptions, type Dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as E from '#fp/Either'
import { sentence, succeeded } from '../errors/outcome.fixture.ts'
import { inPieces, pieceSizes } from '../source/pieces.arbitrary.ts'

const read = (text: string | Uint8Array, options: CsvOptions = {}) =>
  succeeded(readCsv(bytesSource('a.csv', text), options))
const wrong = (text: string | Uint8Array, options: CsvOptions = {}) =>
  sentence(readCsv(bytesSource('a.csv', text), options))

const numbers = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer({ min: -999, max: 999 }).map((n) => n / 8),
)

/** As `String`, but for the sign of zero. */
const spelled = (x: number): string => (Object.is(x, -0) ? '-0' : String(x))

test('numbers come back bit for bit, gzipped or not, in pieces of any size', async () => {
  const rows = fc.integer({ min: 1, max: 4 }).chain((width) =>
    fc.array(fc.record({ x: fc.array(numbers, { minLength: width, maxLength: width }), y: fc.nat(9) }), {
      minLength: 1,
      maxLength: 8,
    }),
  )
  await fc.assert(
    fc.asyncProperty(rows, fc.nat(4), pieceSizes, fc.boolean(), async (table, column, sizes, zipped) => {
      const label = column % ((table[0]?.x.length ?? 0) + 1)
      const text = table.map(({ x, y }) => x.map(spelled).toSpliced(label, 0, `${y}`).join(',')).join('\n')
      const bytes = new TextEncoder().encode(text)
      const source = inPieces('a.csv', zipped ? gzipSync(bytes) : bytes, sizes)
      const data = await succeeded(readCsv(source, { header: 'none', label, dtype: 'float64', classes: 10 }))
      expect(Array.from(toArray(data.features))).toEqual(table.flatMap(({ x }) => x))
      expect(Array.from(toArray(data.labels))).toEqual(table.map(({ y }) => y))
    }),
  )
})

describe('the first line', () => {
  test('names the columns', async () => {
    const data = await read('length,species,width\r\n1,0,2\r\n3,1,4\r\n', { label: 'species' })
    expect(data).toMatchObject({ featureNames: ['length', 'width'], classes: 2, size: 2 })
    expect(toNested(data.features)).toEqual([
      [1, 2],
      [3, 4],
    ])
  })

  test('counts rows and features and names the classes', async () => {
    const data = await read('2,1,red,green,blue\n0.5,2\n1.5,0\n', { header: 'counts' })
    expect(data).toMatchObject({ classes: 3, classNames: ['red', 'green', 'blue'] })
    expect(Array.from(toArray(data.labels))).toEqual([2, 0])
    const numbered = await read('2,1,1,2\n0.5,1\n1.5,0\n', { header: 'counts' })
    expect(Array.from(toArray(numbered.labels))).toEqual([1, 0])
  })

  test('may begin with a byte order mark, and number the columns as table programs do', async () => {
    expect((await read('\uFEFFx,y\n1,0\n')).featureNames).toEqual(['x'])
    expect((await read('0,1,2\n5,6,0\n')).featureNames).toEqual(['0', '1'])
  })

  test.each<[string, CsvOptions, string]>([
    [
      '1.5,2,0\n',
      {},
      `a.csv, line 1: expected column names, found a line of numbers; if the first line is data, use header 'none'`,
    ],
    [
      '150,4,a,b\n',
      {},
      `a.csv, line 1: expected column names, found the numbers 150 and 4; if they are those of rows and features, use header 'counts'`,
    ],
    ['x,x,y\n', {}, 'a.csv, line 1: expected different column names, found "x" twice'],
    [
      ',x,y\n',
      {},
      'a.csv, line 1: expected a name for column 1, found none; a column of row numbers must be left out',
    ],
    ['x,y\n1,0\n', { label: 'z' }, 'a.csv, line 1: expected a column named "z", found "x", "y"'],
    [
      '1,0\n',
      { label: 'z', header: 'none' },
      'a.csv, line 1: expected a column named "z", found no column names; give the position of the label',
    ],
    [
      'x,y\n1,0\n',
      { label: 2 },
      'a.csv, line 1: expected a label in column 2, counted from 0, found 2 columns',
    ],
    [
      'x;y\n1;0\n',
      {},
      'a.csv, line 1: expected a feature or more and a label, found 1 column; is the delimiter right?',
    ],
    [
      '1,2,0\n',
      { header: 'none', features: 64 },
      'a.csv, line 1: expected 64 features and a label, found 3 columns',
    ],
    [
      '1,2,0\n',
      { header: 'none', features: 1 },
      'a.csv, line 1: expected 1 feature and a label, found 3 columns',
    ],
    ['x,1,a\n', { header: 'counts' }, 'a.csv, header, rows: expected a number of rows, found "x"'],
    [
      '9,0,a\n',
      { header: 'counts' },
      'a.csv, header, features: expected a number of features, 1 or more, found "0"',
    ],
    [
      '9\n',
      { header: 'counts' },
      'a.csv, header, features: expected a number of features, 1 or more, found nothing',
    ],
    [
      '9,1,a,a\n',
      { header: 'counts' },
      String.raw`a.csv, header, classes: expected class names that differ from each other, found [\"a\",\"a\"]`,
    ],
  ])('is a sentence when it is wrong: %#', async (text, options, expected) => {
    expect(await wrong(text, options)).toBe(expected)
  })
})

describe('a line', () => {
  test.each<[string, CsvOptions, string]>([
    ['x,y\n1,0\n2\n', {}, 'a.csv, line 3: expected 2 fields, as line 1 says, found 1'],
    ['x,y\n1,0,5\n', {}, 'a.csv, line 2: expected 2 fields, as line 1 says, found 3'],
    ['x,y\n1,0\n\n1,0\n', {}, 'a.csv, line 3: expected fields, since more lines follow, found a blank line'],
    ['x,y\nabc,0\n', {}, 'a.csv, line 2, column 1 ("x"): expected a finite number, found "abc"'],
    ['x,y\n,0\n', {}, 'a.csv, line 2, column 1 ("x"): expected a number, found an empty field'],
    ['1,NaN,0\n', { header: 'none' }, 'a.csv, line 1, column 2: expected a finite number, found "NaN"'],
    [
      '1,-Infinity,0\n',
      { header: 'none' },
      'a.csv, line 1, column 2: expected a finite number, found "-Infinity"',
    ],
    ['0x10,0\n', { header: 'none' }, 'a.csv, line 1, column 1: expected a finite number, found "0x10"'],
    [
      '1e39,0\n',
      { header: 'none' },
      'a.csv, line 1, column 1: expected a number within the range of float32, found "1e39"',
    ],
    [
      `${'7'.repeat(90)}x,0\n`,
      { header: 'none' },
      `a.csv, line 1, column 1: expected a finite number, found "${'7'.repeat(40)}…"`,
    ],
    [
      'x,y\n"1,0\n',
      {},
      'a.csv, line 2, column 1: expected a closing quote, found the end of the file; the file is cut off, or a quote is missing',
    ],
    [
      '3,1,a\n1,0\n',
      { header: 'counts' },
      'a.csv: expected 3 rows, as line 1 says, found 1; the file is cut off; get it again',
    ],
    ['1,1,a\n1,0\n2,0\n', { header: 'counts' }, 'a.csv, line 3: expected 1 row, as line 1 says, found more'],
  ])('is a sentence when it is wrong: %#', async (text, options, expected) => {
    expect(await wrong(text, options)).toBe(expected)
  })

  test('may hold numbers in every common spelling', async () => {
    const data = await read('1,+2.5,-.5,5.,1e3,"7", 8 ,0\n', { header: 'none' })
    expect(toNested(data.features)).toEqual([[1, 2.5, -0.5, 5, 1000, 7, 8]])
  })

  test('may be parted by something else', async () => {
    expect(toNested((await read('a;b;c\n1;2;0\n', { delimiter: ';' })).features)).toEqual([[1, 2]])
  })
})

const labelled = (labels: readonly string[]) => labels.map((label) => `0,${label}\n`).join('')

describe('labels', () => {
  const options = { header: 'none' } as const

  test('that are names are classes in the order of the names, whatever the order of the rows', async () => {
    const names = fc.array(fc.constantFrom('cat', 'dog', 'Ant', 'été', 'x y'), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(names, pieceSizes, async (rows, sizes) => {
        const bytes = new TextEncoder().encode(labelled(rows))
        const data = await succeeded(readCsv(inPieces('a.csv', bytes, sizes), options))
        expect(data.classNames).toEqual([...new Set(rows)].toSorted())
        expect(Array.from(toArray(data.labels), (label) => data.classNames?.[label])).toEqual(rows)
      }),
    )
  })

  test('that are numbers are class numbers, and may be written as floats', async () => {
    const data = await read(labelled(['2', '0.0', '1e0']), options)
    expect(data.classes).toBe(3)
    expect(data).not.toHaveProperty('classNames')
    expect(Array.from(toArray(data.labels))).toEqual([2, 0, 1])
    expect((await read(labelled(['0']), { ...options, classes: 10 })).classes).toBe(10)
  })

  test('that look like numbers can be names', async () => {
    const data = await read(labelled(['-1', '1']), { ...options, labels: 'names' })
    expect(data.classNames).toEqual(['-1', '1'])
  })

  test('that are listed keep the numbers of the list', async () => {
    const classes = ['dog', 'cat']
    expect(
      Array.from(toArray((await read(labelled(['cat', 'cat']), { ...options, classes })).labels)),
    ).toEqual([1, 1])
    const digits = await read(labelled(['8', '7']), { ...options, classes: ['7', '8'] })
    expect(Array.from(toArray(digits.labels))).toEqual([1, 0])
    const numbered = await read(labelled(['1', '0']), { ...options, classes })
    expect(Array.from(toArray(numbered.labels))).toEqual([1, 0])
    expect(numbered.classNames).toEqual(classes)
  })

  test.each<[readonly string[], CsvOptions, string]>([
    [
      ['1', 'dog'],
      {},
      'line 2, column 2: expected a class number from 0 to 999, found "dog"; more classes need the option classes, and text or negative numbers the option labels: names',
    ],
    [
      ['-1'],
      {},
      'line 1, column 2: expected a class number from 0 to 999, found "-1"; more classes need the option classes, and text or negative numbers the option labels: names',
    ],
    [['0.5'], { classes: 2 }, 'line 1, column 2: expected a class number from 0 to 1, found "0.5"'],
    [['0', '10'], { classes: 10 }, 'line 2, column 2: expected a class number from 0 to 9, found "10"'],
    [
      ['0', ''],
      {},
      'line 2, column 2: expected a class number from 0 to 999, found an empty field; more classes need the option classes, and text or negative numbers the option labels: names',
    ],
    [['a', ''], {}, 'line 2, column 2: expected a class, found an empty field'],
    [
      ['a', 'c'],
      { classes: ['a', 'b'] },
      'line 2, column 2: expected one of the classes "a", "b", found "c"',
    ],
    [
      ['a', 'b', 'c'],
      { classes: 2, labels: 'names' },
      'line 3, column 2: expected at most 2 classes, found "c"; is this the column of the labels?',
    ],
  ])('that are wrong are a sentence: %#', async (labels, more, expected) => {
    expect(await wrong(labelled(labels), { ...options, ...more })).toBe(`a.csv, ${expected}`)
  })
})

describe('options that make no sense', () => {
  test.each<[object, string]>([
    [{ classes: 1.5 }, 'readCsv, classes: takes a whole number from 1 to 2147483647, not 1.5'],
    [{ classes: 0 }, 'readCsv, classes: takes a whole number from 1 to 2147483647, not 0'],
    [{ classes: 2 ** 40 }, 'readCsv, classes: takes a whole number from 1 to 2147483647, not 1099511627776'],
    [{ classes: [] }, 'readCsv, classes: takes one name or more, not none'],
    [{ classes: ['a', 'b', 'a'] }, 'readCsv, classes: takes different names, not "a" twice'],
    [{ features: 0 }, 'readCsv, features: takes a whole number from 1 on, not 0'],
    [{ label: 0.5 }, 'readCsv, label: takes the name of a column or its position, not 0.5'],
    [{ header: 'no' }, `readCsv, header: takes 'names' or 'none' or 'counts', not "no"`],
    [{ labels: 'text' }, `readCsv, labels: takes 'numbers' or 'names', not "text"`],
    [{ dtype: 'int32' }, `readCsv, dtype: takes 'float32' or 'float64', not "int32"`],
    [{ delimiter: '""' }, String.raw`readCsv, delimiter: takes one character, not "\"\""`],
    [{ delimiter: '\n' }, String.raw`readCsv, delimiter: takes one character, not "\n"`],
  ])('are refused when the reader is called: %j', (options, message) => {
    expect(() => readCsv('a', options)).toThrow(new RangeError(message))
  })

  test('cannot come about by changing them after the call', async () => {
    const classes = ['dog', 'cat']
    const options: { classes: readonly string[]; delimiter: string } = { classes, delimiter: ',' }
    const task = readCsv(bytesSource('a.csv', labelled(['cat'])), { ...options, header: 'none' })
    const later = readCsv(bytesSource('a.csv', `x,y\n${labelled(['cat'])}`), options)
    classes.length = 0
    options.delimiter = ';'
    for (const read of [task, later])
      expect(await succeeded(read)).toMatchObject({ classes: 2, classNames: ['dog', 'cat'] })
  })
})

test('a file without data is a sentence', async () => {
  expect(await wrong('')).toBe('a.csv: expected data, found an empty file')
  for (const text of ['x,y\n', '\n\n', '\uFEFF'])
    expect(await wrong(text)).toBe('a.csv: expected a line of data or more, found none')
})

test('bytes that are no text are a sentence, also at the very end', async () => {
  const expected = 'a.csv: expected text in UTF-8, found bytes that are not; save it as UTF-8'
  expect(await wrong(Uint8Array.of(0xff, 0xfe, 0x78, 0))).toBe(expected)
  expect(await wrong(Uint8Array.of(0x78, 0xc3))).toBe(expected)
})

test('whatever the bytes are, the reader ends in a value', async () => {
  const junk = fc.string({
    unit: fc.constantFrom('1', ',', '\n', '"', '-', 'a', '\r', '.', 'e'),
    maxLength: 40,
  })
  const options = fc.record<CsvOptions>({
    header: fc.constantFrom('names', 'none', 'counts'),
    label: fc.constantFrom(0, -1, 'a'),
  })
  await fc.assert(
    fc.asyncProperty(fc.oneof(junk, fc.uint8Array()), options, async (bytes, chosen) => {
      const result = await readCsv(bytesSource('a.csv', bytes), chosen)()
      expect(E.isLeft(result) ? result.left.message : result.right).toSatisfy((outcome: unknown) =>
        typeof outcome === 'string'
          ? /^a\.csv.*: expected .*, found /s.test(outcome)
          : (outcome as Dataset).size > 0,
      )
    }),
    { numRuns: 500 },
  )
})
