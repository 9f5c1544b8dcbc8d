import { gzipSync } from 'node:zlib'
import { toArray } from '@pullback/core'
import { bytesSource, readCifar10Batches } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { sentence, succeeded } from '../errors/outcome.fixture.ts'
import { inPieces, pieceSizes } from '../source/pieces.arbitrary.ts'
import { readClassNames } from './classNames.ts'

const record = (label: number, shade: number): Uint8Array =>
  Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? label : (at * shade) % 256))

const batchOf = (labels: readonly number[]): Uint8Array =>
  Uint8Array.from(labels.flatMap((label, at) => Array.from(record(label, at + 1))))

test('records come back, gzipped or not, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(9), { minLength: 1, maxLength: 4 }),
      fc.oneof(pieceSizes, fc.constantFrom([3073], [3072], [3074], [1])),
      fc.boolean(),
      async (labels, sizes, zipped) => {
        const file = batchOf(labels)
        const source = inPieces('batch', zipped ? gzipSync(file) : file, sizes)
        const data = await succeeded(readCifar10Batches([source], { pixels: 'raw' }))
        expect(data).toMatchObject({ classes: 10, imageShape: [3, 32, 32] })
        expect(Array.from(toArray(data.labels))).toEqual(labels)
        const pixels = labels.flatMap((label, at) => Array.from(record(label, at + 1).subarray(1)))
        expect(Array.from(toArray(data.features))).toEqual(pixels)
      },
    ),
    { numRuns: 30 },
  )
})

test('several batches are one set, pixels from 0 to 1', async () => {
  const [a, b] = [bytesSource('a', batchOf([1, 2])), bytesSource('b', batchOf([3]))]
  const data = await succeeded(readCifar10Batches([a, b], { classNames: 'abcdefghij'.split('') }))
  expect(Array.from(toArray(data.labels))).toEqual([1, 2, 3])
  expect(data.features.shape).toEqual([3, 3072])
  expect(Math.max(...toArray(data.features))).toBe(1)
  expect(data.classNames?.[2]).toBe('c')
})

test.each([
  [
    batchOf([1, 2]).subarray(0, 4000),
    'bad.bin: expected records of 3073 bytes, found 927 bytes after 1 whole record; the file is cut off; get it again',
  ],
  [
    batchOf([1, 10]),
    'bad.bin, record 1: expected a class from 0 to 9 in its first byte, found 10; is this the binary version of CIFAR-10?',
  ],
  [new Uint8Array(), 'bad.bin: expected data, found an empty file'],
])('every way in which a batch can be wrong is a sentence: %#', async (file, expected) => {
  const good = bytesSource('good.bin', batchOf([1]))
  expect(await sentence(readCifar10Batches([good, bytesSource('bad.bin', file)]))).toBe(expected)
})

const names = 'abcdefghij'.split('')

test('class names are read one a line, blank lines left out', async () => {
  for (const text of [`${names.join('\n')}\n\n`, `\uFEFF${names.join('\r\n')}`])
    expect(await succeeded(readClassNames(bytesSource('names', text)))).toEqual(names)
})

test.each([
  ['a\nb\n', 'expected 10 different class names, one a line, found ["a","b"]'],
  ['a\n'.repeat(10), 'expected 10 different class names, one a line, found '],
  ['a'.repeat(20_000), 'expected 10 different class names, one a line, found more than 10000 characters'],
])('class names that are none are a sentence: %#', async (text, expected) => {
  expect((await sentence(readClassNames(bytesSource('names', text)))).replaceAll('\\"', '"')).toContain(
    expected,
  )
})

test('class names that are no text are a sentence', async () => {
  const lines = new TextEncoder().encode(`${names.join('\n')}\n`)
  for (const bytes of [Uint8Array.of(0xff, ...lines), Uint8Array.of(...lines, 0xc3)])
    expect(await sentence(readClassNames(bytesSource('names', bytes)))).toContain('expected text in UTF-8')
})

test.each<[object, string]>([
  [{ classNames: ['a'] }, 'readCifar10Batches, classNames: takes 10 names, one for every class, not 1'],
  [
    { classNames: 'abcdefghia'.split('') },
    'readCifar10Batches, classNames: takes different names, not "a" twice',
  ],
  [{ pixels: 'signed' }, `readCifar10Batches, pixels: takes 'unit' or 'raw', not "signed"`],
  [{ dtype: 'int32' }, `readCifar10Batches, dtype: takes 'float32' or 'float64', not "int32"`],
])('options that make no sense are refused when the reader is called: %j', (options, message) => {
  expect(() => readCifar10Batches([bytesSource('a', batchOf([1]))], options)).toThrow(new RangeError(message))
})

test('at least one file is read, and those that were given', async () => {
  const [first, ...none] = [bytesSource('a', batchOf([1]))] as const
  expect(() => readCifar10Batches(none as unknown as readonly [string])).toThrow(
    new RangeError('readCifar10Batches: takes at least one file'),
  )
  const [inputs, classNames] = [[first] as [typeof first], [...names]]
  const task = readCifar10Batches(inputs, { classNames })
  inputs.length = 0 as 1
  classNames.length = 0
  expect(await succeeded(task)).toMatchObject({ size: 1, classNames: names })
})
