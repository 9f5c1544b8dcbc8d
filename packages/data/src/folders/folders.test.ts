import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { toArray } from '@pullback/core'
import { readCifar10, readDigits, readMnist } from '@pullback/data'
import { describe, expect, test } from 'vitest'
import { sentence, succeeded } from '../errors/outcome.fixture.ts'
import { temporaryFolder } from '../source/temporaryFolder.fixture.ts'

const images = Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 255)
const labels = (label: number) => Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, label)
const batch = (label: number) => Uint8Array.from({ length: 3073 }, (_, at) => (at === 0 ? label : 0))

describe('MNIST', () => {
  const test10k = { 't10k-images-idx3-ubyte': images, 't10k-labels-idx1-ubyte.gz': gzipSync(labels(2)) }

  test.each([
    { 'train-images-idx3-ubyte.gz': gzipSync(images), 'train-labels-idx1-ubyte': labels(1) },
    { 'train20k-images-idx3-ubyte': images, 'train20k-labels-idx1-ubyte.gz': gzipSync(labels(1)) },
    { 'train-images.idx3-ubyte': images, 'train-labels.idx1-ubyte': labels(1) },
  ])('is found under its usual names: %#', async (train) => {
    const read = await succeeded(readMnist(temporaryFolder({ ...train, ...test10k })))
    expect([...toArray(read.train.labels), ...toArray(read.test.labels)]).toEqual([1, 2])
  })

  test('is found beside a directory of the name of a file', async () => {
    const folder = temporaryFolder({
      'train-images.idx3-ubyte': images,
      'train-labels.idx1-ubyte': labels(1),
      ...test10k,
    })
    mkdirSync(join(folder, 'train-images-idx3-ubyte'))
    expect((await succeeded(readMnist(folder))).train.size).toBe(1)
  })

  test('that misses a file says which, where it looked and what to do', async () => {
    const folder = temporaryFolder(test10k)
    expect(await sentence(readMnist(folder))).toBe(
      'train-images-idx3-ubyte: expected one of "train-images-idx3-ubyte", "train-images-idx3-ubyte.gz", ' +
        '"train-images.idx3-ubyte", "train-images.idx3-ubyte.gz", "train20k-images-idx3-ubyte", ' +
        '"train20k-images-idx3-ubyte.gz", "train20k-images.idx3-ubyte", "train20k-images.idx3-ubyte.gz", ' +
        `found none in ${folder}; put the four files of MNIST or Fashion-MNIST (train and t10k, images and labels, ` +
        'gzipped or not) there, or name another folder',
    )
  })
})

describe('CIFAR-10', () => {
  const released = Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`data_batch_${n}.bin`, batch(n)]))

  test('is the five batches of the release in their order', async () => {
    const read = await succeeded(
      readCifar10(temporaryFolder({ ...released, 'test_batch.bin.gz': gzipSync(batch(9)) })),
    )
    expect(Array.from(toArray(read.train.labels))).toEqual([1, 2, 3, 4, 5])
    expect(read.train).not.toHaveProperty('classNames')
    expect(Array.from(toArray(read.test.labels))).toEqual([9])
  })

  test('is the files of a subset, with class names if they are there', async () => {
    const names = 'abcdefghij'.split('')
    const files = {
      'train_10k.bin': batch(4),
      'test_2k.bin': batch(3),
      'batches.meta.txt': `${names.join('\n')}\n`,
    }
    const folder = temporaryFolder(files)
    expect((await succeeded(readCifar10(folder))).test.classNames).toEqual(names)
    const classNames = names.toReversed()
    expect((await succeeded(readCifar10(folder, { classNames }))).train.classNames).toEqual(classNames)
  })

  test('with a batch missing is a sentence, not a smaller set', async () => {
    const { 'data_batch_3.bin': _, ...others } = released
    const folder = temporaryFolder({ ...others, 'test_batch.bin': batch(9) })
    expect(await sentence(readCifar10(folder))).toContain(
      `data_batch_3.bin: expected one of "data_batch_3.bin", "data_batch_3.bin.gz", found none in ${folder}; put`,
    )
  })
})

const row = (count: number, label: number) =>
  `${Array.from({ length: 64 }, () => count).join(',')},${label}\n`

describe('digits', () => {
  test('are divided by 16 unless they are to be raw', async () => {
    const folder = temporaryFolder({ 'optdigits.tra.csv': row(8, 7), 'digits.csv.gz': gzipSync(row(16, 3)) })
    const { train, test: tested } = await succeeded(readDigits(folder))
    expect(train).toMatchObject({ size: 1, classes: 10, imageShape: [8, 8] })
    expect([toArray(train.features)[0], toArray(tested.features)[63]]).toEqual([0.5, 1])
    expect(toArray((await succeeded(readDigits(folder, { pixels: 'raw' }))).train.features)[0]).toBe(8)
  })

  test('of another width or class are a sentence', async () => {
    const narrow = temporaryFolder({ 'optdigits.tra.csv': '1,2,3\n', 'digits.csv': row(1, 1) })
    expect(await sentence(readDigits(narrow))).toContain(
      'line 1: expected 64 features and a label, found 3 columns',
    )
    const eleventh = temporaryFolder({ 'optdigits.tra.csv': row(1, 10), 'digits.csv': row(1, 1) })
    expect(await sentence(readDigits(eleventh))).toContain(
      'line 1, column 65: expected a class number from 0 to 9, found "10"',
    )
  })
})

test.each([readMnist, readCifar10, readDigits])('a folder that is none is a sentence: %#', async (read) => {
  const folder = temporaryFolder({ file: '' })
  const none = join(folder, 'none')
  expect(await sentence(read(none))).toContain(`${none}: expected a folder, found nothing at ${none}; put`)
  const file = join(folder, 'file')
  expect(await sentence(read(file))).toContain(`${file}: expected a folder, found a file at ${file}; put`)
})

test('options that make no sense are refused when a reader is called, whatever is in the folder', () => {
  expect(() => readMnist('none', { classes: 0 })).toThrow(
    new RangeError('readMnist, classes: takes a whole number from 1 to 2147483647, not 0'),
  )
  expect(() => readCifar10('none', { classNames: ['a'] })).toThrow(
    new RangeError('readCifar10, classNames: takes 10 names, one for every class, not 1'),
  )
  const pixels = 'signed' as 'raw'
  expect(() => readDigits('none', { pixels })).toThrow(
    new RangeError(`readDigits, pixels: takes 'unit' or 'raw', not "signed"`),
  )
})

test('options changed after the call change nothing', async () => {
  const classNames = 'abcdefghij'.split('')
  const files = { 'train_10k.bin': batch(4), 'test_2k.bin': batch(3) }
  const task = readCifar10(temporaryFolder(files), { classNames })
  classNames.length = 0
  expect((await succeeded(task)).test.classNames).toEqual('abcdefghij'.split(''))
})
