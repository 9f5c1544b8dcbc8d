import type { TypedArray } from '../../tensor/dtype.ts'
import { panelDepth, type Matrix, type Multiply } from './matrix.ts'

/** Adds `count` rows of a matrix, each times a number of `row`, to the sums: for a matrix whose rows are contiguous. */
function addRows(
  sums: Float64Array,
  row: Float64Array,
  count: number,
  data: TypedArray,
  origin: number,
  stride: number,
): void {
  const n = sums.length
  let step = 0
  let b0 = origin
  for (; step + 4 <= count; step += 4, b0 += 4 * stride) {
    const b1 = b0 + stride
    const b2 = b1 + stride
    const b3 = b2 + stride
    const a0 = row[step]!,
      a1 = row[step + 1]!,
      a2 = row[step + 2]!,
      a3 = row[step + 3]!
    for (let j = 0; j < n; j++)
      sums[j] = sums[j]! + a0 * data[b0 + j]! + a1 * data[b1 + j]! + a2 * data[b2 + j]! + a3 * data[b3 + j]!
  }
  for (; step < count; step++, b0 += stride) {
    const a0 = row[step]!
    for (let j = 0; j < n; j++) sums[j] = sums[j]! + a0 * data[b0 + j]!
  }
}

/** Adds the products of a row with every column of a matrix to the sums: for a matrix whose rows are not contiguous. */
function addProducts(
  sums: Float64Array,
  row: Float64Array,
  count: number,
  data: TypedArray,
  origin: number,
  { rowStride, columnStride }: Matrix,
): void {
  const n = sums.length
  let j = 0
  let b0 = origin
  for (; j + 4 <= n; j += 4, b0 += 4 * columnStride) {
    let s0 = 0,
      s1 = 0,
      s2 = 0,
      s3 = 0
    const b1 = b0 + columnStride
    const b2 = b1 + columnStride
    const b3 = b2 + columnStride
    for (let step = 0, at = 0; step < count; step++, at += rowStride) {
      const a = row[step]!
      s0 += a * data[b0 + at]!
      s1 += a * data[b1 + at]!
      s2 += a * data[b2 + at]!
      s3 += a * data[b3 + at]!
    }
    sums[j] = sums[j]! + s0
    sums[j + 1] = sums[j + 1]! + s1
    sums[j + 2] = sums[j + 2]! + s2
    sums[j + 3] = sums[j + 3]! + s3
  }
  for (; j < n; j++, b0 += columnStride) {
    let sum = 0
    for (let step = 0, at = b0; step < count; step++, at += rowStride) sum += row[step]! * data[at]!
    sums[j] = sums[j]! + sum
  }
}

/**
 * A product of one row by a matrix, which is read where it lies: to pack it would take longer than to multiply it. The
 * sums are those of the packed product to the last bit, so that a row alone gives what it gives among others.
 */
export function rowMultiplier(k: number, n: number): Multiply {
  const row = new Float64Array(Math.min(panelDepth, k))
  const sums = new Float64Array(n)
  const ofPanel = k > panelDepth ? new Float64Array(n) : sums
  return (a, b, out, offset) => {
    sums.fill(0)
    for (let from = 0; from < k; from += panelDepth) {
      const count = Math.min(panelDepth, k - from)
      for (let step = 0, at = a.offset + from * a.columnStride; step < count; step++, at += a.columnStride)
        row[step] = a.data[at]!
      const origin = b.offset + from * b.rowStride
      if (b.columnStride !== 1) addProducts(sums, row, count, b.data, origin, b)
      else {
        ofPanel.fill(0)
        addRows(ofPanel, row, count, b.data, origin, b.rowStride)
        if (ofPanel !== sums) for (let j = 0; j < n; j++) sums[j] = sums[j]! + ofPanel[j]!
      }
    }
    out.set(sums, offset)
  }
}
