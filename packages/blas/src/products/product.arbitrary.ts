import * as fc from 'fast-check'
import type { ProductShape } from './productShape.ts'

/** Sizes around those of vectors and blocks, 0 and 1 among them. */
const size = fc.oneof(fc.nat({ max: 20 }), fc.constantFrom(31, 32, 33, 63, 64, 65, 97))
const padding = fc.oneof(fc.constant(0), fc.nat({ max: 5 }))
const factor = fc.constantFrom(0, 1, -1, 0.5, -2.25)

/** Products with or without transposes, gaps between rows and factors. */
export const productShape: fc.Arbitrary<Required<ProductShape>> = fc
  .record({
    dtype: fc.constantFrom('float32', 'float64'),
    transposeA: fc.boolean(),
    transposeB: fc.boolean(),
    m: size,
    n: size,
    k: size,
    alpha: factor,
    beta: factor,
    paddings: fc.tuple(padding, padding, padding),
  })
  .map(({ paddings: [a, b, c], ...shape }) => ({
    ...shape,
    lda: (shape.transposeA ? shape.m : shape.k) + a,
    ldb: (shape.transposeB ? shape.k : shape.n) + b,
    ldc: shape.n + c,
  }))
