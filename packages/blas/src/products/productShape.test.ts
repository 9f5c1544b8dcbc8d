import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { productShape } from './product.arbitrary.ts'
import { extent, storedMatrices } from './productShape.ts'

const shape = { dtype: 'float32', transposeA: false, transposeB: false, m: 2, n: 3, k: 4 } as const

it('says how matrices lie by default', () => {
  expect(storedMatrices({ ...shape, transposeA: true })).toEqual({
    a: { rows: 4, columns: 2, leading: 2 },
    b: { rows: 4, columns: 3, leading: 3 },
    out: { rows: 2, columns: 3, leading: 3 },
  })
})

it('never gives BLAS a leading dimension that it refuses', () => {
  fc.assert(
    fc.property(productShape, (shape) => {
      for (const matrix of Object.values(storedMatrices(shape))) {
        expect(matrix.leading).toBeGreaterThanOrEqual(Math.max(1, matrix.columns))
        expect(extent(matrix)).toBeLessThanOrEqual(matrix.rows * matrix.leading)
      }
    }),
  )
})

it('refuses what is no size', () => {
  expect(() => storedMatrices({ ...shape, m: 1.5 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blas: expected m to be a whole number from 0 to 2147483647, found 1.5]`,
  )
  expect(() => storedMatrices({ ...shape, k: -1 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blas: expected k to be a whole number from 0 to 2147483647, found -1]`,
  )
  expect(() => storedMatrices({ ...shape, n: 2 ** 31 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blas: expected n to be a whole number from 0 to 2147483647, found 2147483648]`,
  )
  expect(() => storedMatrices({ ...shape, lda: 3 })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blas: expected the rows of a, of 4 elements each, to be 4 or more elements apart, found 3]`,
  )
  expect(() => storedMatrices({ ...shape, ldc: Number.NaN })).toThrowErrorMatchingInlineSnapshot(
    `[RangeError: blas: expected the rows of out, of 3 elements each, to be 3 or more elements apart, found NaN]`,
  )
})
