import type { Backend } from '@pullback/core'
import { detectFeatures, isSupported, type Features } from './engine/features.ts'
import { createHeap } from './engine/heap.ts'
import type { ProductsOver } from './matmul/externalProducts.ts'
import type { Machine } from './machine.ts'
import { prepare } from './prepare.ts'
import { createPool } from './threads/pool.ts'

/** How the backend computes. */
export interface WasmOptions {
  /** How many threads take part, a positive integer; as many as the machine has cores unless given. */
  readonly threads?: number
  /**
   * The same bits on every machine and for every number of threads: products and sums are rounded one by one, never
   * fused. Slower where matrix products are large; false unless given.
   */
  readonly deterministic?: boolean
  /** What the memory of the backend may grow to, in bytes; at most 4 GiB, which it is unless given. */
  readonly maximumBytes?: number
  /** Another name, and who computes matrix products in the memory of the backend: how `@pullback/blas` is made. */
  readonly products?: { readonly name: string; readonly rank: number; readonly over: ProductsOver }
}

const rank = 10
const leastBytes = 2 ** 20

function featuresFor({ deterministic = false }: WasmOptions): Features {
  const features = detectFeatures()
  return { ...features, relaxed: features.relaxed && !deterministic }
}

function start(options: WasmOptions): Machine {
  const features = featuresFor(options)
  const { threads = features.cores, maximumBytes, products } = options
  const heap = createHeap({
    shared: threads > 1 && features.shared,
    ...(maximumBytes !== undefined && { maximumBytes }),
  })
  return { features, heap, pool: createPool(heap, { threads }), products: products?.over(heap.memory) }
}

function describe(name: string, { features, pool, products }: Machine): string {
  const threads = pool.threads()
  const trouble = pool.trouble()
  return [
    `${name}: ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    features.relaxed ? 'SIMD with fused multiply-add' : 'SIMD',
    ...(products === undefined ? [] : [`products by ${products.name}`]),
    ...(trouble === undefined ? [] : [trouble]),
  ].join(', ')
}

/**
 * A backend that compiles every program to a WebAssembly module of SIMD code, on several threads where memory can be
 * shared with workers and there is enough to do.
 *
 * Its memory and workers are its own, begun with the first program and ended when the backend is collected; workers
 * keep no process alive. Importing this package registers one of these as `'wasm'`.
 *
 * @throws RangeError if the number of threads is not a positive integer or the memory less than 1 MiB; programs: Error where the engine has no
 *   WebAssembly with SIMD, RangeError if memory cannot grow
 * @example
 * const product = compile(({ a, b }) => matmul(a, b), { shapes: { a: [2, 3], b: [3, 1] }, backend: wasm({ threads: 1 }) })
 * toNested(product({ a: ones([2, 3]), b: tensor([[1], [2], [3]]) })) // => [[6], [6]]
 */
export function wasm(options: WasmOptions = {}): Backend {
  const { threads, maximumBytes, products: { name, rank: own } = { name: 'wasm', rank } } = options
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads > 0))
    throw new RangeError(`wasm: threads is ${threads}, which is not a positive integer`)
  if (maximumBytes !== undefined && !(maximumBytes >= leastBytes))
    throw new RangeError(`wasm: maximumBytes is ${maximumBytes}, but the backend begins with ${leastBytes}`)
  let machine: Machine | undefined
  const started = (): Machine => (machine ??= start(options))
  return {
    name,
    rank: isSupported() ? own : -1,
    get description() {
      return describe(name, started())
    },
    prepare: (program) => prepare(started(), program),
  }
}
