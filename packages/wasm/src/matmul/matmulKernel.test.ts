import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { moduleBuilder } from '../assembler/module.ts'
import type { MatmulSpec } from './kernel.ts'
import { matmulKernel } from './matmulKernel.ts'
import { arrays, preparedProduct } from './product.fixture.ts'
import { cuts, features, specs } from './specs.arbitrary.ts'

/** Numbers between -1 and 1, for int32 any at all. */
function numbers(
  dtype: MatmulSpec['dtype'],
  length: number,
  seed: number,
): Float32Array | Float64Array | Int32Array {
  const drawn = new arrays[dtype](length)
  let state = seed | 0
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
    drawn[index] = dtype === 'int32' ? mixed : mixed / 2 ** 31
  }
  return drawn
}

interface Expected {
  readonly value: number
  /** The sum of the absolute products. */
  readonly size: number
}

function expectedAt(
  { k, n, a, b, dtype }: MatmulSpec,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  index: number,
): Expected {
  const [row, column] = [Math.floor(index / n), index % n]
  let [value, size] = [0, 0]
  for (let at = 0; at < k; at++) {
    const p = x[row * a.row + at * a.column] ?? 0
    const q = y[at * b.row + column * b.column] ?? 0
    value = dtype === 'int32' ? (value + Math.imul(p, q)) | 0 : value + p * q
    size += Math.abs(p * q)
  }
  return { value, size }
}

/** The elements of a result that are not as expected. */
function differences(
  spec: MatmulSpec,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  out: ArrayLike<number>,
  isRight: (found: number, expected: Expected) => boolean,
): readonly string[] {
  return Array.from(out).flatMap((found, index) => {
    const expected = expectedAt(spec, x, y, index)
    return isRight(found, expected) ? [] : [`element ${index} is ${found} and not ${expected.value}`]
  })
}

const epsilon = { float32: 2 ** -24, float64: 2 ** -53, int32: 0 }

const seeds = fc.integer()
const last = fc.constantFrom('a' as const, 'b' as const)

test('a product is what loops in float64 give, and nothing else is written', () => {
  fc.assert(
    fc.property(specs, features, last, seeds, (spec, engine, atEnd, seed) => {
      const { compute, lengths } = preparedProduct(engine, spec, atEnd)
      const [x, y] = [numbers(spec.dtype, lengths.a, seed), numbers(spec.dtype, lengths.b, seed ^ 0x55)]
      const { out, restUntouched } = compute(x, y)
      expect(restUntouched).toBe(true)
      expect(
        differences(spec, x, y, out, (found, { value, size }) => {
          return Math.abs(found - value) <= 2 * epsilon[spec.dtype] * (spec.k + 2) * size
        }),
      ).toEqual([])
    }),
    { numRuns: 300 },
  )
})

test('the division into rectangles does not change a bit', () => {
  fc.assert(
    fc.property(
      specs.chain((spec) => fc.tuple(fc.constant(spec), cuts(spec.m), cuts(spec.n))),
      features,
      last,
      seeds,
      ([spec, rowCuts, columnCuts], engine, atEnd, seed) => {
        const { compute, lengths } = preparedProduct(engine, spec, atEnd)
        const [x, y] = [numbers(spec.dtype, lengths.a, seed), numbers(spec.dtype, lengths.b, seed ^ 0x55)]
        const whole = compute(x, y)
        const divided = compute(
          x,
          y,
          rowCuts.flatMap((rows) => columnCuts.map((columns) => ({ rows, columns }))),
        )
        expect(divided).toEqual(whole)
      },
    ),
    { numRuns: 200 },
  )
})

test('a NaN or an infinity goes where loops in float64 put it', () => {
  const special = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)
  const positions = fc.array(
    fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), special),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  fc.assert(
    fc.property(
      specs.filter(({ dtype }) => dtype !== 'int32'),
      features,
      seeds,
      positions,
      positions,
      (spec, engine, seed, inA, inB) => {
        const { compute, lengths } = preparedProduct(engine, spec, 'b')
        const [x, y] = [numbers(spec.dtype, lengths.a, seed), numbers(spec.dtype, lengths.b, seed ^ 0x55)]
        for (const [at, value] of inA) x[Math.floor(at * x.length)] = value
        for (const [at, value] of inB) y[Math.floor(at * y.length)] = value
        const { out } = compute(x, y)
        expect(
          differences(spec, x, y, out, (found, { value }) => {
            return Number.isFinite(value) ? Number.isFinite(found) : Object.is(found, value)
          }),
        ).toEqual([])
      },
    ),
    { numRuns: 100 },
  )
})

test('the error of a long float32 sum does not grow with its length', () => {
  const [k, n] = [2 ** 17, 4]
  for (const m of [2, 9]) {
    const spec: MatmulSpec = {
      dtype: 'float32',
      m,
      n,
      k,
      a: { row: k, column: 1 },
      b: { row: 0, column: 1 },
      outRowStride: n,
    }
    const { compute, lengths } = preparedProduct({ relaxed: false }, spec, 'a')
    const { out } = compute(new Float32Array(lengths.a).fill(0.01), [1, 1, 1, 1])
    for (const value of Array.from(out))
      expect(Math.abs(value / (Math.fround(0.01) * k) - 1)).toBeLessThan(3e-5)
  }
})

test('what products share is defined once', () => {
  const module = moduleBuilder()
  const spec: MatmulSpec = {
    dtype: 'float32',
    m: 40,
    n: 40,
    k: 40,
    a: { row: 40, column: 1 },
    b: { row: 40, column: 1 },
    outRowStride: 40,
  }
  matmulKernel(module, { relaxed: false }, spec)
  const one = module.assemble().length
  matmulKernel(module, { relaxed: false }, spec)
  expect(module.assemble().length - one).toBeLessThan(one / 4)
})
