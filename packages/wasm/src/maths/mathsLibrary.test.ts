import * as fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { moduleBuilder } from '../assembler/module.ts'
import { errorInUlps } from './errorInUlps.ts'
import type { FloatType } from './lanes.ts'
import { mathsLibrary, type MathsOp } from './mathsLibrary.ts'
import { numbers } from './numbers.arbitrary.ts'
import { runMaths } from './runMaths.fixture.ts'
import { ulpsApart } from './ulps.fixture.ts'

const types = ['float32', 'float64'] as const

type Unary = Exclude<MathsOp, 'pow'>

const reference: Readonly<Record<Unary, (x: number) => number>> = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  // JavaScript has none; that of float64 is compared with exact values elsewhere.
  erf: (x) => runMaths('erf', 'float64', [x, 0])[0] ?? Number.NaN,
}

const power = (x: number, y: number): number =>
  x === 1 || (x === -1 && Math.abs(y) === Number.POSITIVE_INFINITY) ? 1 : x ** y

/** What the engine's functions of float64 are wrong by, tanh and sigmoid most. */
const errorOfReference: Readonly<Record<FloatType, number>> = { float32: 1e-6, float64: 3 }

const unaryOps = Object.keys(reference) as readonly Unary[]
const cases = unaryOps.flatMap((op) => types.map((dtype) => [op, dtype] as const))

describe.each(cases)('%s of %s', (op, dtype) => {
  it('is within the stated error of the function for numbers of all magnitudes', () => {
    const bound = errorInUlps[op][dtype] + errorOfReference[dtype]
    fc.assert(
      fc.property(fc.array(numbers(dtype), { minLength: 64, maxLength: 64 }), (xs) => {
        const wrong = runMaths(op, dtype, xs).flatMap((result, index) => {
          const x = xs[index] ?? 0
          const exact = reference[op](x)
          return ulpsApart(dtype, result, exact) <= bound ? [] : [{ x, result, exact }]
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('does not depend on the other lanes', () => {
    fc.assert(
      fc.property(fc.array(numbers(dtype), { minLength: 4, maxLength: 4 }), (xs) => {
        const alone = xs.map((x) => runMaths(op, dtype, [x, x, x, x]))
        const together = runMaths(op, dtype, xs)
        expect(alone).toEqual(together.map((y) => [y, y, y, y]))
      }),
    )
  })
})

/** Every so many float32 numbers from 2^-13 to 2^7, where results are neither their arguments nor constant, with both signs. */
const everyday = fc.nat({ max: 2 ** 12 }).map((from) => {
  const [lowest, highest] = [0x39000000, 0x43000000]
  const count = 2 ** 14
  const step = Math.floor((highest - lowest) / count)
  const patterns = Uint32Array.from({ length: count }, (_, k) => lowest + k * step + from + (k % 2) * 2 ** 31)
  return [...new Float32Array(patterns.buffer)]
})

test.each(unaryOps)('%s of float32 is within the stated error for many everyday numbers', (op) => {
  const bound = errorInUlps[op].float32 + errorOfReference.float32
  fc.assert(
    fc.property(everyday, (xs) => {
      const results = runMaths(op, 'float32', xs)
      const wrong = xs.filter((x, k) => ulpsApart('float32', results[k] ?? 0, reference[op](x)) > bound)
      expect(wrong).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test.each(types)('odd functions of %s are odd and the cosine is even, to the bit', (dtype) => {
  fc.assert(
    fc.property(numbers(dtype), fc.constantFrom<Unary>('sin', 'tanh', 'erf', 'cos'), (x, op) => {
      const [ofX = 0, ofMinusX = 0] = runMaths(op, dtype, [x, -x, 0, 0])
      expect(ofMinusX).toBe(op === 'cos' ? ofX : -ofX)
    }),
  )
})

const exponents = (dtype: FloatType): fc.Arbitrary<readonly [number, number]> =>
  fc.oneof(
    fc.tuple(numbers(dtype), numbers(dtype)),
    // Results of any size between 0 and infinity.
    fc.tuple(numbers(dtype), fc.double({ min: -1100, max: 1100, noNaN: true })).map(([x, log2]) => {
      const y = log2 / Math.log2(Math.abs(x))
      return [x, dtype === 'float32' ? Math.fround(y) : y] as const
    }),
    fc.tuple(numbers(dtype), fc.integer({ min: -40, max: 40 })),
  )

/** The pairs whose power is further than a bound from what the engine gives. */
function wrongPowers(dtype: FloatType, pairs: readonly (readonly [number, number])[], bound: number) {
  const [xs, ys] = [pairs.map(([x]) => x), pairs.map(([, y]) => y)] as const
  return runMaths('pow', dtype, xs, ys).flatMap((result, index) => {
    const [x, y] = pairs[index] ?? [0, 0]
    const exact = power(x, y)
    return ulpsApart(dtype, result, exact) <= bound ? [] : [{ x, y, result, exact }]
  })
}

describe.each(types)('pow of %s', (dtype) => {
  it('is within the stated error of the function for numbers of all magnitudes', () => {
    const bound = errorInUlps.pow[dtype] + (dtype === 'float32' ? 1e-6 : 1)
    fc.assert(
      fc.property(fc.array(exponents(dtype), { minLength: 64, maxLength: 64 }), (pairs) => {
        expect(wrongPowers(dtype, pairs, bound)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  it('gives integers where they are the result', () => {
    const digits = dtype === 'float32' ? 24 : 53
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 2 ** 20 }), fc.boolean(), fc.nat(), (x, negative, seed) => {
        const y = 1 + (seed % Math.floor(digits / Math.log2(x)))
        const base = negative ? -x : x
        const [result] = runMaths('pow', dtype, [base, 0, 0, 0], [y, 0, 0, 0])
        expect(result).toBe(Number(BigInt(base) ** BigInt(y)))
      }),
    )
  })
})

test('pow is what IEEE 754 says at zeros, ones, infinities and NaN', () => {
  const special = [
    0,
    -0,
    1,
    -1,
    0.5,
    -0.5,
    2,
    -2,
    3,
    -3,
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    Number.NaN,
  ]
  const pairs = special.flatMap((x) => special.map((y) => [x, y] as const))
  for (const dtype of types)
    expect(wrongPowers(dtype, [...pairs, ...pairs, ...pairs, ...pairs], 1)).toEqual([])
})

test('pow of int32 is truncated and stays in its range', () => {
  const integers = fc.oneof(
    fc.integer({ min: -40, max: 40 }),
    fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  )
  const pairs = fc.array(fc.tuple(integers, integers), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(pairs, (chosen) => {
      const results = runMaths(
        'pow',
        'int32',
        chosen.map(([x]) => x),
        chosen.map(([, y]) => y),
      )
      // -0 is no int32.
      expect(results).toEqual(
        chosen.map(([x, y]) => Math.trunc(Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, x ** y))) + 0),
      )
    }),
    { numRuns: 1000 },
  )
})

test('a function is defined once, and only pow of int32', () => {
  const library = mathsLibrary(moduleBuilder())
  expect(library.vector('sin', 'float32')).toBe(library.vector('sin', 'float32'))
  expect(library.vector('sin', 'float64')).not.toBe(library.vector('sin', 'float32'))
  expect(() => library.vector('exp', 'int32')).toThrow('there is no exp of int32')
})
