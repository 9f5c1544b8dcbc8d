import type { FunctionReference } from '../assembler/module.ts'

/** One matrix product of fixed sizes; strides in elements, constants of the code. */
export interface MatmulSpec {
  readonly dtype: 'float32' | 'float64' | 'int32'
  readonly m: number
  readonly n: number
  readonly k: number
  readonly a: Strides
  readonly b: Strides
  /** From one row of the result to the next; its columns are neighbours. */
  readonly outRowStride: number
}

export interface Strides {
  readonly row: number
  readonly column: number
}

/** How one matrix product is computed, part by part. */
export interface MatmulKernel {
  /**
   * Computes a rectangle of the result: takes the addresses of a, b, out (each of its first element) and of scratch
   * memory of this thread, all aligned to 16 bytes but those of a, b and out, which are aligned to their elements, then
   * rowFrom, rowTo, columnFrom, columnTo (ends excluded). Every element of the rectangle is written, with 0 where k is 0.
   */
  readonly rectangle: FunctionReference
  /** Scratch memory that a thread needs, in bytes. */
  readonly scratchBytes: number
  /** Into how many rows and columns of rectangles the result is best divided for so many threads; `[1, 1]` for one. */
  readonly divide: (threads: number) => { readonly rows: number; readonly columns: number }
  /** Boundaries of rectangles are best multiples of these. */
  readonly granularity: { readonly rows: number; readonly columns: number }
}
