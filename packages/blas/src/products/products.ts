import type { Library } from '../library/library.ts'
import { addresses, type Memory } from './addresses.ts'
import { extent, storedMatrices, type ProductShape } from './productShape.ts'

export interface ProductsOptions {
  /** How many threads compute one product; by default as many as the library uses by itself: OpenBLAS one for each core. */
  readonly threads?: number
}

/** A product of matrices that lie in the memory: takes the positions of the first element of each, in bytes. */
export type Product = (a: number, b: number, out: number) => void

/** Matrix products over one memory. */
export interface Products {
  /** For people: `OpenBLAS 0.3.21, 2 threads`. */
  readonly name: string
  /** How many threads compute one product; undefined where the library cannot be told and does not tell. */
  readonly threads: number | undefined
  /**
   * Makes a product ready to be computed many times. It may be imported by a WebAssembly module as it is, with three
   * i32 parameters. `out` may not overlap `a` or `b`.
   *
   * The product throws a RangeError for a matrix that is not all in the memory.
   *
   * @throws RangeError for sizes or leading dimensions that are none
   */
  readonly product: (shape: ProductShape) => Product
}

const rowMajor = 101
const asIs = 111
const transposed = 112

const counted = (count: number): string => `${count} ${count === 1 ? 'thread' : 'threads'}`

const nothing: Product = () => undefined

/**
 * Matrix products by a library, over a WebAssembly memory, which may grow.
 *
 * @throws RangeError for a number of threads that is none
 */
export function products(memory: Memory, library: Library, { threads }: ProductsOptions = {}): Products {
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1))
    throw new RangeError(`blas: expected threads to be a whole number of 1 or more, found ${threads}`)
  const { at, size } = addresses(memory, library.address)
  const count = library.threads === undefined ? 0 : (threads ?? library.threads.initial)
  const useThreads = library.threads?.use ?? (() => undefined)
  useThreads(count)
  const inUse = library.threads?.inUse()

  const outside = (name: string, position: number, bytes: number): RangeError =>
    new RangeError(
      `blas: expected ${name} to lie within the memory of ${size()} bytes, found ${bytes} bytes at ${position >>> 0}`,
    )

  const product = (shape: ProductShape): Product => {
    const { dtype, m, n, k, alpha = 1, beta = 0 } = shape
    const matrices = storedMatrices(shape)
    if (m === 0 || n === 0) return nothing
    const gemm = library.gemm[dtype]
    const width = dtype === 'float32' ? 4 : 8
    const [aBytes, bBytes, outBytes] = [matrices.a, matrices.b, matrices.out].map(
      (matrix) => width * extent(matrix),
    ) as [number, number, number]
    const [lda, ldb, ldc] = [matrices.a.leading, matrices.b.leading, matrices.out.leading]
    const transposeA = shape.transposeA ? transposed : asIs
    const transposeB = shape.transposeB ? transposed : asIs
    return (a, b, out) => {
      // WebAssembly gives positions from 2 GiB on as negative numbers.
      const aAt = at(a >>> 0, aBytes)
      if (aAt === undefined) throw outside('a', a, aBytes)
      const bAt = at(b >>> 0, bBytes)
      if (bAt === undefined) throw outside('b', b, bBytes)
      const outAt = at(out >>> 0, outBytes)
      if (outAt === undefined) throw outside('out', out, outBytes)
      useThreads(count)
      gemm(rowMajor, transposeA, transposeB, m, n, k, alpha, aAt, lda, bAt, ldb, beta, outAt, ldc)
    }
  }
  const name = inUse === undefined ? library.name : `${library.name}, ${counted(inUse)}`
  return { name, threads: inUse, product }
}
