import { gzipSync } from 'node:zlib'
import { toArray } from '@pullback/core'
import { bytesSource, readIdx, readIdxPair } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { failed, sentence, succeeded } from '../errors/outcome.fixture.ts'
import { inPieces, pieceSizes } from '../source/pieces.arbitrary.ts'

const encode = (sizes: readonly number[], bytes: ArrayLike<number>, type = 8): Uint8Array => {
  const file = new Uint8Array(4 + 4 * sizes.length + bytes.length)
  file.set([0, 0, type, sizes.length])
  for (const [axis, size] of sizes.entries()) new DataView(file.buffer).setUint32(4 + 4 * axis, size)
  file.set(bytes, 4 + 4 * sizes.length)
  return file
}

const arrays = fc.array(fc.nat(6), { minLength: 1, maxLength: 6 }).chain((sizes) => {
  const length = sizes.reduce((product, size) => product * size, 1)
  return fc.record({ sizes: fc.constant(sizes), seed: fc.nat(255) }).map(({ seed }) => ({
    sizes,
    bytes: Uint8Array.from({ length }, (_, at) => (at * 7 + seed) % 256),
  }))
})

test('arrays of any shape come back, gzipped or not, in pieces of any size', async () => {
  await fc.assert(
    fc.asyncProperty(arrays, pieceSizes, fc.boolean(), async (array, sizes, zipped) => {
      const file = encode(array.sizes, array.bytes)
      expect(await succeeded(readIdx(inPieces('a.idx', zipped ? gzipSync(file) : file, sizes)))).toEqual(
        array,
      )
    }),
  )
})

test('cut off anywhere it is truncated, with a byte more it is too long', async () => {
  await fc.assert(
    fc.asyncProperty(arrays, pieceSizes, fc.nat(), async ({ sizes, bytes }, pieces, number) => {
      const file = encode(sizes, bytes)
      const cut = file.subarray(0, 1 + (number % (file.length - 1)))
      expect(await failed(readIdx(inPieces('a.idx', cut, pieces)))).toMatchObject({
        kind: 'truncated',
        file: 'a.idx',
      })
      const longer = Uint8Array.of(...file, 0)
      expect(await failed(readIdx(inPieces('a.idx', longer, pieces)))).toMatchObject({ kind: 'trailing' })
    }),
  )
})

const images = encode([2, 1, 2], [0, 255, 51, 102])
const labels = encode([2], [3, 9])

const pair = (left: Uint8Array, right: Uint8Array, options = {}) =>
  readIdxPair(bytesSource('images', left), bytesSource('labels', right), options)

test('a pair of files is a data set, from 0 to 1 or raw', async () => {
  const data = await succeeded(pair(images, labels))
  expect(data).toMatchObject({ size: 2, classes: 10, imageShape: [1, 2] })
  expect(Array.from(toArray(data.features))).toEqual([0, 1, Math.fround(0.2), Math.fround(0.4)])
  expect(Array.from(toArray(data.labels))).toEqual([3, 9])
  const raw = await succeeded(pair(images, labels, { pixels: 'raw', dtype: 'float64' }))
  expect(Array.from(toArray(raw.features))).toEqual([0, 255, 51, 102])
})

test.each([
  [
    images.subarray(0, 7),
    labels,
    'images: expected a header of 16 bytes or more, found 7 bytes; the file is cut off; get it again',
  ],
  [
    images.subarray(0, 18),
    labels,
    'images: expected 4 bytes after the header, which says 2 x 1 x 2, found 2 bytes; the file is cut off; get it again',
  ],
  [
    labels,
    images,
    'labels, header, magic: expected magic number 2049 (IDX labels), found 2051; these are images: give images and labels in their order',
  ],
  [
    labels,
    labels,
    'images, header, magic: expected magic number 2051 (IDX images), found 2049; these are labels: give images and labels in their order',
  ],
  [
    new TextEncoder().encode('<!DOCTYPE html>'),
    labels,
    'images, header, magic: expected magic number 2051 (IDX images), found 1008813135; is this an IDX file?',
  ],
  [
    Uint8Array.of(...images, 1),
    labels,
    'images: expected 4 bytes after the header, which says 2 x 1 x 2, found more; header and content do not belong together',
  ],
  [
    images,
    encode([3], [1, 2, 3]),
    'labels: expected 2 labels, as many as there are images in images, found 3; the two files do not belong together',
  ],
  [images, encode([2], [3, 10]), 'labels, label 1: expected a class from 0 to 9, found 10'],
  [new Uint8Array(), labels, 'images: expected data, found an empty file'],
  [
    encode([2 ** 32 - 1, 2 ** 32 - 1, 28], []),
    labels,
    'images, header, sizes: expected at most 2147483647 elements, found 4294967295 x 4294967295 x 28; the header is damaged',
  ],
])('every way in which a pair can be wrong is a sentence: %#', async (left, right, expected) => {
  expect(await sentence(pair(left, right))).toBe(expected)
})

test('a header that promises gigabytes is truncated before memory is taken for them', async () => {
  const file = encode([2_000_000, 32, 32], new Uint8Array(10))
  const before = process.memoryUsage().arrayBuffers
  expect(await failed(pair(file, labels))).toMatchObject({ kind: 'truncated', found: '10 bytes' })
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100_000_000)
})

test.each([
  [
    encode([1], [0, 0, 0, 0], 13),
    'a.idx, header, elements: expected element type 8 (unsigned bytes), found 13; is this an IDX file?',
  ],
  [encode([], []), 'a.idx, header, rank: expected from 1 to 6 dimensions, found 0; is this an IDX file?'],
  [
    Uint8Array.of(1, 0, 8, 1),
    'a.idx, header, zeros: expected two zero bytes, as IDX begins, found 256; is this an IDX file?',
  ],
])('other headers are a sentence: %#', async (file, expected) => {
  expect(await sentence(readIdx(bytesSource('a.idx', file)))).toBe(expected)
})

test('the number of classes and their names can be given', async () => {
  expect(await sentence(pair(images, labels, { classes: 5 }))).toContain(
    'label 1: expected a class from 0 to 4, found 9',
  )
  expect((await succeeded(pair(images, labels, { classes: 26 }))).classes).toBe(26)
  const classNames = 'abcdefghij'.split('')
  expect((await succeeded(pair(images, labels, { classNames }))).classNames).toEqual(classNames)
})

test.each<[object, string]>([
  [{ classes: 1.5 }, 'readIdxPair, classes: takes a whole number from 1 to 2147483647, not 1.5'],
  [{ classes: 0 }, 'readIdxPair, classes: takes a whole number from 1 to 2147483647, not 0'],
  [{ classes: 10, classNames: ['a'] }, 'readIdxPair, classNames: takes 10 names, one for every class, not 1'],
  [{ classNames: [] }, 'readIdxPair, classNames: takes one name or more, not none'],
  [{ classNames: ['a', 'a'] }, 'readIdxPair, classNames: takes different names, not "a" twice'],
  [{ pixels: 'signed' }, `readIdxPair, pixels: takes 'unit' or 'raw', not "signed"`],
  [{ dtype: 'int32' }, `readIdxPair, dtype: takes 'float32' or 'float64', not "int32"`],
])('options that make no sense are refused when the reader is called: %j', (options, message) => {
  expect(() => pair(images, labels, options)).toThrow(new RangeError(message))
})

test('options changed after the call change nothing', async () => {
  const classNames = 'abcdefghij'.split('')
  const task = pair(images, labels, { classNames })
  classNames.length = 0
  expect((await succeeded(task)).classNames).toEqual('abcdefghij'.split(''))
})

test('no images of any size are a value', async () => {
  const none = encode([0, 2 ** 32 - 1, 2 ** 32 - 1], [])
  expect(await sentence(pair(none, encode([0], [])))).toBe(
    'images, header, sizes: expected at most 2147483647 elements, found 0 x 4294967295 x 4294967295; the header is damaged',
  )
  expect((await succeeded(pair(encode([0, 28, 28], []), encode([0], [])))).features.shape).toEqual([0, 784])
})
