import { isLeft } from '#fp/Either'
import type { Backend } from '@pullback/core'
import { wasm, type ExternalProducts, type WasmMemory, type WasmOptions } from '@pullback/wasm'
import { availableParallelism } from 'node:os'
import { findLibrary, type FindOptions } from './library/findLibrary.ts'
import type { Library } from './library/library.ts'
import { products } from './products/products.ts'

/** How the backend computes. */
export interface BlasOptions extends FindOptions {
  /**
   * How many threads the library computes a product with; one fewer than there are cores unless given, as its threads spin
   * while they wait, and a product takes many times as long once another process wants one of the cores.
   */
  readonly threads?: number
  /** What the memory of the backend may grow to, in bytes; at most 4 GiB, which it is unless given. */
  readonly maximumBytes?: number
}

const rank = 20
/** The rank of a library that was built for no machine in particular: below that of wasm. */
const untunedRank = 5
/** Products of fewer multiplications than this take longer to hand over than to compute. */
const fewestProducts = 4096

const productsBy =
  (library: Library, threads: number) =>
  (memory: WasmMemory): ExternalProducts => {
    const { name, product } = products(memory, library, { threads })
    return {
      name,
      product: (shape) => (shape.m * shape.n * shape.k < fewestProducts ? undefined : product(shape)),
    }
  }

const backendBy = (library: Library, threads: number, { maximumBytes }: BlasOptions): Backend => {
  const options: WasmOptions = {
    threads: 1,
    ...(maximumBytes !== undefined && { maximumBytes }),
    products: {
      name: 'blas',
      rank: library.tuned ? rank : untunedRank,
      over: productsBy(library, threads),
    },
  }
  return wasm(options)
}

/** A backend that can only say why it is none; nothing chooses it by itself. */
const missing = (message: string): Backend => ({
  name: 'blas',
  rank: -1,
  description: message,
  prepare() {
    throw new Error(message)
  },
})

/**
 * A backend whose matrix products are computed by the BLAS of this machine, everything else as `wasm` does, over the same
 * memory.
 *
 * Importing this package registers one of these as `'blas'`; it outranks `'wasm'` where a library is found that is made for
 * the machine at hand.
 *
 * @throws RangeError if the number of threads is not a positive integer; where there is no library, programs throw
 *   Error with what was tried and what to install
 * @example
 * const open = () => ({ _tag: 'Left', left: 'no such file' }) as const
 * blas({ open }).rank // => -1
 */
export function blas(options: BlasOptions = {}): Backend {
  const { threads = Math.max(1, availableParallelism() - 1) } = options
  if (!(Number.isSafeInteger(threads) && threads > 0))
    throw new RangeError(`blas: threads is ${threads}, which is not a positive integer`)
  const library = findLibrary(options)
  return isLeft(library) ? missing(library.left.message) : backendBy(library.right, threads, options)
}
