import type { TypedArray } from '../../tensor/dtype.ts'

/** A matrix inside a larger array: where it begins and how far apart its rows and columns are. */
export interface Matrix {
  readonly data: TypedArray
  readonly offset: number
  readonly rowStride: number
  readonly columnStride: number
}

export const transposed = ({ data, offset, rowStride, columnStride }: Matrix): Matrix => ({
  data,
  offset,
  rowStride: columnStride,
  columnStride: rowStride,
})

/** `out[m, n] = a[m, k] b[k, n]` from `offset` on, accumulated in float64 and rounded once when it is stored. */
export type Multiply = (a: Matrix, b: Matrix, out: TypedArray, offset: number) => void

/** How many products are summed up before they are added to those before them. */
export const panelDepth = 256
