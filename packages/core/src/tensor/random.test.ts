import {
  equal,
  evaluate,
  fold,
  input,
  randomBits,
  randomNormal,
  randomUniform,
  reshape,
  scalar,
  seed,
  slice,
  toArray,
  toNested,
  zeros,
  type AnyTensor,
  type Key,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { erf } from '../evaluate/kernels/special.ts'

const key = fold(seed(2024), 'test')
const count = 40_000

/** The largest distance of the share of samples below each sample from what the distribution says. */
function kolmogorovSmirnov(samples: readonly number[], distribution: (x: number) => number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  return sorted.reduce((worst, x, position) => {
    const expected = distribution(x)
    return Math.max(
      worst,
      Math.abs(position / sorted.length - expected),
      Math.abs((position + 1) / sorted.length - expected),
    )
  }, 0)
}

const moment = (samples: readonly number[], power: number) =>
  samples.reduce((total, x) => total + x ** power, 0) / samples.length

/** The bits of the elements, in hexadecimal. */
const bits = (x: AnyTensor) =>
  Array.from(new Uint32Array(toArray(x).buffer), (word) => word.toString(16).padStart(8, '0'))

/** One number that a change of any bit of the elements changes. */
const checksum = (x: AnyTensor) =>
  new Uint32Array(toArray(x).buffer).reduce(
    (sum, word) => Math.imul(sum ^ word, 0x01000193) >>> 0,
    0x811c9dc5,
  )

const words = (one: Key) => String(toArray(one))

describe.each(['float32', 'float64'] as const)('%s', (dtype) => {
  test('uniform numbers are from 0 to below 1 and spread evenly', () => {
    const samples = Array.from(toArray(randomUniform(key, [count], dtype)))
    expect(samples.every((x) => x >= 0 && x < 1)).toBe(true)
    // Exceeded once in a hundred seeds.
    expect(kolmogorovSmirnov(samples, (x) => x)).toBeLessThan(1.63 / Math.sqrt(count))
    const bins = Array.from({ length: 100 }, () => 0)
    for (const x of samples) bins[Math.floor(x * 100)] = (bins[Math.floor(x * 100)] ?? 0) + 1
    const expected = count / 100
    const chiSquare = bins.reduce((total, found) => total + (found - expected) ** 2 / expected, 0)
    expect(chiSquare).toBeGreaterThan(69.2)
    expect(chiSquare).toBeLessThan(134.6)
  })

  test('normal numbers have the moments and the distribution of the normal', () => {
    const samples = Array.from(toArray(randomNormal(key, [count], dtype)))
    expect(kolmogorovSmirnov(samples, (x) => (1 + erf(x * Math.SQRT1_2)) / 2)).toBeLessThan(
      1.63 / Math.sqrt(count),
    )
    const error = 3 / Math.sqrt(count)
    expect(Math.abs(moment(samples, 1))).toBeLessThan(error)
    expect(Math.abs(moment(samples, 2) - 1)).toBeLessThan(error * Math.sqrt(2))
    expect(Math.abs(moment(samples, 3))).toBeLessThan(error * Math.sqrt(15))
    expect(Math.abs(moment(samples, 4) - 3)).toBeLessThan(error * Math.sqrt(96))
  })
})

test('neighbours are not correlated', () => {
  const samples = toArray(randomNormal(key, [count], 'float64'))
  for (const lag of [1, 2, 100]) {
    let total = 0
    for (let position = lag; position < count; position++)
      total += (samples[position] ?? 0) * (samples[position - lag] ?? 0)
    expect(Math.abs(total / count)).toBeLessThan(3 / Math.sqrt(count))
  }
})

test('float32 numbers are those of float64, uniform ones truncated and normal ones rounded', () => {
  const uniform = toArray(randomUniform(key, [1000], 'float64'))
  expect(toArray(randomUniform(key, [1000]))).toEqual(
    Float32Array.from(uniform, (x) => Math.floor(x * 2 ** 24) / 2 ** 24),
  )
  expect(toArray(randomNormal(key, [1000]))).toEqual(
    new Float32Array(toArray(randomNormal(key, [1000], 'float64'))),
  )
})

test('every bit of the words is set half of the time', () => {
  const drawn = Array.from(toArray(randomBits(key, [count])))
  for (let bit = 0; bit < 32; bit++) {
    const set = drawn.reduce((total, word) => total + ((word >>> bit) & 1), 0)
    expect(Math.abs(set / count - 0.5)).toBeLessThan(2 / Math.sqrt(count))
  }
})

describe('a number is a function of key and position alone', () => {
  test('not of the shape around it, nor of what else is drawn', () => {
    const flat = randomNormal(key, [12])
    expect(toNested(randomNormal(key, [3, 4]))).toEqual(toNested(reshape(flat, [3, 4])))
    expect(toNested(randomNormal(key, [5]))).toEqual(toNested(slice(flat, [0, 5])))
    const { a, b } = evaluate({ a: randomUniform(key, [4]), b: flat })
    expect(b).toEqual(evaluate(flat))
    expect(a).toEqual(evaluate(randomUniform(key, [4])))
  })

  // If one of these changes, so do all the nets that anyone has initialised: never change them.
  test('to the bit, for ever', () => {
    expect({
      seed: bits(seed(-7)),
      number: bits(fold(seed(1), 7)),
      name: bits(fold(seed(1), 'fc1.W')),
      longName: bits(fold(seed(1), 'héllo ≠ wörld')),
      noName: bits(fold(seed(1), '')),
      bits: bits(randomBits(key, [4])),
      uniform: bits(randomUniform(key, [3])),
      normal: bits(randomNormal(key, [3])),
      uniform64: bits(randomUniform(key, [2], 'float64')),
      normal64: bits(randomNormal(key, [2], 'float64')),
      empty: bits(randomNormal(key, [0])),
      manyUniform: checksum(randomUniform(key, [10_000], 'float64')),
      manyNormal: checksum(randomNormal(key, [10_000], 'float64')),
    }).toMatchInlineSnapshot(`
      {
        "bits": [
          "cd6f2ec5",
          "455e7f16",
          "fa9efecf",
          "0e77ac7f",
        ],
        "empty": [],
        "longName": [
          "545bef56",
          "1ac73598",
        ],
        "manyNormal": 1594293010,
        "manyUniform": 3672820851,
        "name": [
          "9c413656",
          "97ffd904",
        ],
        "noName": [
          "b0b03424",
          "a03b270c",
        ],
        "normal": [
          "3f59baaf",
          "4002217c",
          "3fa021db",
        ],
        "normal64": [
          "ea8d3584",
          "3feb3755",
          "8d015976",
          "4000442f",
        ],
        "number": [
          "c95af918",
          "3247172e",
        ],
        "seed": [
          "fffffff9",
          "ffffffff",
        ],
        "uniform": [
          "3f4d6f2e",
          "3f7a9efe",
          "3f65007e",
        ],
        "uniform64": [
          "d8a8abcf",
          "3fe9ade5",
          "d9e1cef5",
          "3fef53df",
        ],
      }
    `)
  })
})

describe('keys', () => {
  test('seeds give keys of their own', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.maxSafeInteger(), (a, b) => {
        expect(words(seed(a)) === words(seed(b))).toBe(a === b)
      }),
    )
  })

  test('names, numbers and orders of folding give keys of their own', () => {
    const names = ['', 'a', 'b', 'ab', 'ba', 'W', 'b1', 'fc1', 'fc2', 'fc1.W', 'é', 'e']
    const keys = [
      ...names.map((name) => fold(key, name)),
      ...[0, 1, 2, -1, 2 ** 31 - 1].map((step) => fold(key, step)),
      fold(fold(key, 'a'), 'b'),
      fold(fold(key, 'b'), 'a'),
      fold(fold(key, 1), 2),
      fold(fold(key, 2), 1),
      key,
    ]
    expect(new Set(keys.map(words)).size).toBe(keys.length)
  })

  test.each([
    ['block13939.W', 'block518500.W'],
    ['block88338.W', 'block254670.W'],
  ])('%s and %s, which share one of the two hashes, give two', (a, b) => {
    expect(words(fold(key, a))).not.toBe(words(fold(key, b)))
  })

  test('draws of different keys have nothing in common', () => {
    const a = toArray(randomUniform(fold(key, 'a'), [1000], 'float64'))
    const b = toArray(randomUniform(fold(key, 'b'), [1000], 'float64'))
    expect(a.filter((x) => b.includes(x))).toHaveLength(0)
  })

  test('a number may come as a tensor, known only when the net is run', () => {
    const step = input('step', [], 'int32')
    const bound = evaluate(fold(key, step), { step: scalar(3, 'int32') })
    expect(toNested(equal(bound, fold(key, 3)))).toEqual([1, 1])
  })
})

const float = scalar(1) as unknown as Key

test.each<[string, () => AnyTensor]>([
  ['seed: 0.5 is not an integer of at most 53 bits', () => seed(0.5)],
  ['seed: NaN is not an integer of at most 53 bits', () => seed(NaN)],
  ['fold: the number is 4294967296, which is not a 32-bit integer', () => fold(key, 2 ** 32)],
  ['fold: the number is 0.5, which is not a 32-bit integer', () => fold(key, 0.5)],
  ['fold: takes an int32 scalar, not int32 [2]', () => fold(key, key)],
  ['fold: takes an int32 scalar, not float32 []', () => fold(key, float)],
  ['fold: a key is int32 [2], as seed(0) gives, not the number 0', () => fold(0 as never, 'a')],
  ['fold: a key is int32 [2], as seed(0) gives, not undefined', () => fold(undefined as never, 'a')],
  ['fold: a key is int32 [2], as seed gives, not int32 [3]', () => fold(zeros([3], 'int32'), 'a')],
  ['randomUniform: a key is int32 [2], as seed gives, not float32 []', () => randomUniform(float, [2])],
  ['randomNormal: [-1] is not a shape: -1 is not a non-negative integer', () => randomNormal(key, [-1])],
  [
    'randomBits: the last size of [2, 3] must be even, since words come in pairs',
    () => randomBits(key, [2, 3]),
  ],
  ['randomBits: the last size of [] must be even, since words come in pairs', () => randomBits(key, [])],
])('%s', (sentence, build) => {
  expect(build).toThrow(expect.objectContaining({ message: sentence }))
})
