import type { WasmMemory } from '../engine/webAssembly.ts'

/** What is fixed about a product `out = alpha op(a) op(b) + beta out`; leading dimensions in elements, rows first. */
export interface ExternalShape {
  readonly dtype: 'float32' | 'float64'
  readonly transposeA: boolean
  readonly transposeB: boolean
  readonly m: number
  readonly n: number
  readonly k: number
  readonly alpha: number
  readonly beta: number
  readonly lda: number
  readonly ldb: number
  readonly ldc: number
}

/** Takes the addresses of the first elements of a, b and out, in bytes. */
export type ExternalProduct = (a: number, b: number, out: number) => void

/** Matrix products that are computed outside WebAssembly, over the memory of the backend. */
export interface ExternalProducts {
  /** For people: `'OpenBLAS 0.3.21, 2 threads'`. */
  readonly name: string
  /** A product made ready, or undefined if the kernels of this package are as fast for it. */
  readonly product: (shape: ExternalShape) => ExternalProduct | undefined
}

/** Who computes the products of a memory. */
export type ProductsOver = (memory: WasmMemory) => ExternalProducts
