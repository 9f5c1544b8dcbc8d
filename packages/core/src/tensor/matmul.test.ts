import {
  broadcastTo,
  fromValues,
  full,
  iota,
  matmul,
  ones,
  slice,
  tensor,
  toArray,
  toNested,
  transpose,
  zeros,
} from '@pullback/core'
import type { AnyTensor, Float, MatmulOptions, Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents, contentsOf, coordinates, reader, worstError } from './coordinates.arbitrary.ts'
import { broadcastShapesArbitrary } from './shape.arbitrary.ts'
import { gridArbitrary, largeTensorArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

const flags = fc.record({ transposeA: fc.boolean(), transposeB: fc.boolean() })
const flip = (rows: number, columns: number, transposed: boolean) =>
  transposed ? [columns, rows] : [rows, columns]

/** The definition: for every row and column of every matrix of the batch, the sum of products in float64. */
function product(
  a: AnyTensor,
  b: AnyTensor,
  { transposeA = false, transposeB = false }: MatmulOptions,
  [batch, m, k, n]: readonly [readonly number[], number, number, number],
): number[] {
  const [readA, readB] = [reader(a), reader(b)]
  return coordinates([...batch, m, n]).map((index) => {
    const outer = index.slice(0, -2)
    const [row = 0, column = 0] = index.slice(-2)
    let sum = 0
    for (let inner = 0; inner < k; inner++)
      sum +=
        readA([...outer, ...flip(row, inner, transposeA)]) *
        readB([...outer, ...flip(inner, column, transposeB)])
    return sum
  })
}

const size = fc.integer({ min: 0, max: 9 })
const dtypes = fc.constantFrom<Float>('float32', 'float64')

test('products with all transposes and broadcast batches', () => {
  fc.assert(
    fc.property(
      fc
        .record({
          batch: broadcastShapesArbitrary(2).filter(({ shape }) => shape.length <= 3 && !shape.includes(19)),
          m: size,
          k: size,
          n: size,
          options: flags,
          dtype: dtypes,
        })
        .chain(
          ({
            batch: {
              shape,
              operands: [left = [], right = []],
            },
            m,
            k,
            n,
            options,
            dtype,
          }) =>
            fc.record({
              sizes: fc.constant([shape, m, k, n] as const),
              options: fc.constant(options),
              a: tensorArbitrary([...left, ...flip(m, k, options.transposeA)], dtype, gridArbitrary),
              b: tensorArbitrary([...right, ...flip(k, n, options.transposeB)], dtype, gridArbitrary),
            }),
        ),
      ({ sizes, options, a, b }) => {
        const [batch, m, , n] = sizes
        expect(contents(matmul(a, b, options))).toEqual(
          contentsOf(a.dtype, [...batch, m, n], product(a, b, options, sizes)),
        )
      },
    ),
  )
})

describe('sizes around the edges of the kernels', () => {
  const edges = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33]
  const depths = [1, 2, 3, 7, 8, 15, 16, 17, 255, 256, 257, 300, 511, 513]

  test('odd sizes and depths', () => {
    fc.assert(
      fc.property(
        fc
          .record({
            m: fc.constantFrom(...edges),
            k: fc.constantFrom(...depths),
            n: fc.constantFrom(...edges),
            options: flags,
            dtype: dtypes,
          })
          .chain(({ m, k, n, options, dtype }) =>
            fc.record({
              sizes: fc.constant([[], m, k, n] as const),
              options: fc.constant(options),
              a: largeTensorArbitrary(flip(m, k, options.transposeA), dtype),
              b: largeTensorArbitrary(flip(k, n, options.transposeB), dtype),
            }),
          ),
        ({ sizes, options, a, b }) => {
          const [, m, , n] = sizes
          const result = matmul(a, b, options)
          expect(result.shape).toEqual([m, n])
          expect(worstError(result, product(a, b, options, sizes))).toBeLessThan(
            a.dtype === 'float32' ? 1e-7 : 1e-14,
          )
        },
      ),
    )
  })
})

test('rows and columns alone give what they give among others, to the last bit', () => {
  const numbers = fc.array(
    fc.oneof(
      { weight: 60, arbitrary: fc.integer({ min: -1000, max: 1000 }).map((numerator) => numerator / 7) },
      { weight: 1, arbitrary: fc.constantFrom(-0, Infinity, -Infinity, Number.NaN, 1e300) },
    ),
    { minLength: 1, maxLength: 40 },
  )
  const few = fc.integer({ min: 1, max: 5 })
  const many = fc.integer({ min: 5, max: 9 })
  const matrix = (rows: number, columns: number, repeated: readonly number[], dtype: Float) =>
    fromValues(
      Array.from({ length: rows * columns }, (_, position) => repeated[position % repeated.length] ?? 0),
      [rows, columns],
      dtype,
    )
  fc.assert(
    fc.property(
      fc.tuple(many, fc.constantFrom(1, 4, 255, 257, 600), many, few, few),
      fc.tuple(numbers, numbers),
      flags,
      dtypes,
      ([m, k, n, rows, columns], [left, right], { transposeA, transposeB }, dtype) => {
        const a = matrix(m, k, left, dtype)
        const b = matrix(k, n, right, dtype)
        const product = (x: Tensor, y: Tensor) =>
          matmul(transposeA ? transpose(x) : x, transposeB ? transpose(y) : y, { transposeA, transposeB })
        const some = product(slice(a, [0, rows]), slice(b, [0, k], [0, columns]))
        expect(toNested(some)).toEqual(toNested(slice(product(a, b), [0, rows], [0, columns])))
      },
    ),
  )
})

test('batches of products deeper than a panel, one operand repeated', () => {
  fc.assert(
    fc.property(
      fc.tuple(largeTensorArbitrary([3, 5, 300], 'float64'), largeTensorArbitrary([300, 6], 'float64')),
      ([a, b]) => {
        const sizes = [[3], 5, 300, 6] as const
        const result = matmul(a, b)
        expect(result.shape).toEqual([3, 5, 6])
        expect(worstError(result, product(a, b, {}, sizes))).toBeLessThan(1e-14)
      },
    ),
    { numRuns: 3 },
  )
})

test('a batch of as many numbers, each spread over a matrix, as a matrix has elements', () => {
  const spread = broadcastTo(tensor([[[1]], [[2]], [[3]], [[4]]]), [4, 2, 2])
  expect(toNested(matmul(spread, ones([4, 2, 1])))).toEqual([
    [[2], [2]],
    [[4], [4]],
    [[6], [6]],
    [[8], [8]],
  ])
})

test('NaN and infinities spread along their row and column alone', () => {
  for (const count of [2, 40]) {
    const a = fromValues(
      Array.from({ length: count * count }, (_, position) => (position === 1 ? Number.NaN : 1)),
      [count, count],
    )
    const result = toArray(matmul(a, full([count, count], 1)))
    expect(result.subarray(0, count).every((value) => Number.isNaN(value))).toBe(true)
    expect(result.subarray(count).every((value) => value === count)).toBe(true)
    const infinite = matmul(full([count, count], Infinity), zeros([count, count]))
    expect(toArray(infinite).every((value) => Number.isNaN(value))).toBe(true)
  }
})

test('no depth gives zeros', () => {
  expect(toNested(matmul(zeros([2, 0]), zeros([0, 3])))).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ])
})

test('float32 products are accumulated in float64 and rounded once', () => {
  const a = full([1, 4096], 0.1)
  const exact = 4096 * Math.fround(0.1) ** 2
  expect(toArray(matmul(a, full([4096, 1], 0.1)))[0]).toBe(Math.fround(exact))
})

test('types: literal sizes flow through, transposed or not', () => {
  const x = fromValues([1, 2, 3, 4, 5, 6], [2, 3], 'float64')
  const w = fromValues([1, 2, 3, 4, 5, 6], [3, 2], 'float64')
  expectTypeOf(matmul(x, w)).toEqualTypeOf<Tensor<readonly [2, 2], 'float64'>>()
  expectTypeOf(matmul(x, x, { transposeA: true })).toEqualTypeOf<Tensor<readonly [3, 3], 'float64'>>()
  expectTypeOf(matmul(x, x, { transposeB: true })).toEqualTypeOf<Tensor<readonly [2, 2], 'float64'>>()
  expectTypeOf(matmul(w, x, { transposeA: true, transposeB: true })).toEqualTypeOf<
    Tensor<readonly [2, 2], 'float64'>
  >()
  const known = (options: MatmulOptions) => matmul(x, w, options)
  expectTypeOf(known({}).shape[0]).toEqualTypeOf<number>()
  expect(known({}).shape).toEqual([2, 2])
  expectTypeOf<ReturnType<typeof known>>().not.toEqualTypeOf<Tensor<readonly [2, 2], 'float64'>>()
})

describe('sentences', () => {
  const ints = iota([2, 2]) as unknown as Tensor
  const doubles = zeros([3, 2], 'float64') as unknown as Tensor

  test.each<[string, () => AnyTensor]>([
    [
      'matmul: takes operands of rank 2 or more, not [2] and [2, 3]; reshape a vector first',
      () => matmul(tensor([1, 2]), zeros([2, 3])),
    ],
    [
      'matmul: [2, 3] and [2, 3] do not fit: the inner sizes are 3 and 2',
      () => matmul(zeros([2, 3]), zeros([2, 3])),
    ],
    [
      'matmul: [2, 3]^T and [3, 4]^T do not fit: the inner sizes are 2 and 4',
      () => matmul(zeros([2, 3]), zeros([3, 4]), { transposeA: true, transposeB: true }),
    ],
    ['matmul: [2] and [3] do not broadcast to one shape', () => matmul(zeros([2, 1, 1]), zeros([3, 1, 1]))],
    [
      'matmul: float32 and float64 do not mix; convert one of them with cast',
      () => matmul(zeros([2, 3]) as Tensor, doubles),
    ],
    ['matmul: takes float32 or float64, not int32; convert with cast', () => matmul(ints, ints)],
  ])('%s', (sentence, build) => {
    expect(build).toThrow(expect.objectContaining({ message: sentence }))
  })
})
