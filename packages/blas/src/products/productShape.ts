/**
 * What is fixed about a product `out = alpha op(a) op(b) + beta out`, where `op` transposes or does nothing, `op(a)` is
 * `[m, k]`, `op(b)` is `[k, n]` and `out` is `[m, n]`. Matrices lie row by row.
 */
export interface ProductShape {
  readonly dtype: 'float32' | 'float64'
  readonly transposeA: boolean
  readonly transposeB: boolean
  readonly m: number
  readonly n: number
  readonly k: number
  /** 1 by default. */
  readonly alpha?: number
  /** 0 by default: what `out` holds is then overwritten, even if it is NaN. */
  readonly beta?: number
  /** From one row of `a` to the next as it lies in memory, in elements; its columns by default. */
  readonly lda?: number
  readonly ldb?: number
  readonly ldc?: number
}

/** A matrix as it lies in memory. */
export interface Stored {
  readonly rows: number
  readonly columns: number
  /** From one row to the next, in elements. */
  readonly leading: number
}

const largest = 2 ** 31 - 1

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 0 && value <= largest

function stored(name: string, rows: number, columns: number, leading = columns): Stored {
  if (!isCount(leading) || (leading < columns && rows > 0))
    throw new RangeError(
      `blas: expected the rows of ${name}, of ${columns} elements each, to be ${columns} or more elements apart, ` +
        `found ${leading}`,
    )
  // A matrix without elements may say 0, which BLAS does not take.
  return { rows, columns, leading: Math.max(leading, columns, 1) }
}

/**
 * The three matrices of a product.
 *
 * @throws RangeError for sizes that are no sizes
 */
export function storedMatrices({ transposeA, transposeB, m, n, k, lda, ldb, ldc }: ProductShape): {
  readonly a: Stored
  readonly b: Stored
  readonly out: Stored
} {
  for (const [name, size] of Object.entries({ m, n, k }))
    if (!isCount(size))
      throw new RangeError(`blas: expected ${name} to be a whole number from 0 to ${largest}, found ${size}`)
  return {
    a: transposeA ? stored('a', k, m, lda) : stored('a', m, k, lda),
    b: transposeB ? stored('b', n, k, ldb) : stored('b', k, n, ldb),
    out: stored('out', m, n, ldc),
  }
}

/** How many elements lie between the first and the end of a matrix. */
export const extent = ({ rows, columns, leading }: Stored): number =>
  rows === 0 || columns === 0 ? 0 : (rows - 1) * leading + columns
