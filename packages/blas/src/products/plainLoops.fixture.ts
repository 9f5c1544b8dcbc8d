import type { ProductShape } from './productShape.ts'

type Numbers = Float32Array | Float64Array

const at = (array: Numbers, position: number): number => array[position] ?? Number.NaN

export interface Operands {
  readonly a: Numbers
  readonly b: Numbers
  readonly out: Numbers
}

/**
 * What a product must leave in `out`, computed in float64, and how far each element may be off: the bound of a sum of k
 * products in any order, with the two roundings of the factors.
 */
export function expectedProduct(shape: Required<ProductShape>, { a, b, out }: Operands) {
  const { dtype, transposeA, transposeB, m, n, k, alpha, beta, lda, ldb, ldc } = shape
  const epsilon = dtype === 'float32' ? 2 ** -24 : 2 ** -53
  const values = Float64Array.from(out)
  const bounds = new Float64Array(out.length)
  for (let row = 0; row < m; row++)
    for (let column = 0; column < n; column++) {
      let sum = 0
      let size = 0
      for (let inner = 0; inner < k; inner++) {
        const left = at(a, transposeA ? inner * lda + row : row * lda + inner)
        const right = at(b, transposeB ? column * ldb + inner : inner * ldb + column)
        sum += left * right
        size += Math.abs(left * right)
      }
      const place = row * ldc + column
      const before = beta === 0 ? 0 : beta * at(out, place)
      values[place] = alpha * sum + before
      bounds[place] = 2 * (k + 3) * epsilon * (Math.abs(alpha) * size + Math.abs(before))
    }
  return { values, bounds }
}

/** The first element that is off by more than it may be, or undefined: elements between rows may not change at all. */
export function firstWrong(found: Numbers, { values, bounds }: ReturnType<typeof expectedProduct>) {
  const position = found.findIndex((value, index) => {
    const expected = values[index] ?? 0
    return !(Object.is(value, expected) || Math.abs(value - expected) <= (bounds[index] ?? 0))
  })
  return position < 0 ? undefined : { position, found: found[position], expected: values[position] }
}
