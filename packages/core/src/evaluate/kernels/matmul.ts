import type { TypedArray } from '../../tensor/dtype.ts'
import { panelDepth, transposed, type Multiply } from './matrix.ts'
import { rowMultiplier } from './row.ts'

const tile = 4

/**
 * Multiplies `k` packed pairs of four rows and four columns, the sixteen sums kept in registers, and writes them from
 * `at` on in rows `stride` apart. Both panels are float64 whatever the tensors are: one machine type in the inner loop,
 * and no rounding within it.
 */
function multiplyTile(
  k: number,
  a: Float64Array,
  b: Float64Array,
  j: number,
  out: TypedArray,
  at: number,
  stride: number,
): void {
  let c00 = 0,
    c01 = 0,
    c02 = 0,
    c03 = 0
  let c10 = 0,
    c11 = 0,
    c12 = 0,
    c13 = 0
  let c20 = 0,
    c21 = 0,
    c22 = 0,
    c23 = 0
  let c30 = 0,
    c31 = 0,
    c32 = 0,
    c33 = 0
  for (let i = 0, end = k * tile; i < end; i += tile, j += tile) {
    const a0 = a[i]!,
      a1 = a[i + 1]!,
      a2 = a[i + 2]!,
      a3 = a[i + 3]!
    const b0 = b[j]!,
      b1 = b[j + 1]!,
      b2 = b[j + 2]!,
      b3 = b[j + 3]!
    c00 += a0 * b0
    c01 += a0 * b1
    c02 += a0 * b2
    c03 += a0 * b3
    c10 += a1 * b0
    c11 += a1 * b1
    c12 += a1 * b2
    c13 += a1 * b3
    c20 += a2 * b0
    c21 += a2 * b1
    c22 += a2 * b2
    c23 += a2 * b3
    c30 += a3 * b0
    c31 += a3 * b1
    c32 += a3 * b2
    c33 += a3 * b3
  }
  out[at] = c00
  out[at + 1] = c01
  out[at + 2] = c02
  out[at + 3] = c03
  at += stride
  out[at] = c10
  out[at + 1] = c11
  out[at + 2] = c12
  out[at + 3] = c13
  at += stride
  out[at] = c20
  out[at + 1] = c21
  out[at + 2] = c22
  out[at + 3] = c23
  at += stride
  out[at] = c30
  out[at + 1] = c31
  out[at + 2] = c32
  out[at + 3] = c33
}

/**
 * Copies `count` steps of up to four lines of a matrix into a panel, side by side. Where there are fewer, the rest of the
 * panel is whatever it was: the sums that it enters are not stored.
 */
function pack(
  panel: Float64Array,
  target: number,
  source: TypedArray,
  origin: number,
  lines: number,
  lineStride: number,
  count: number,
  stride: number,
): void {
  if (lines < tile) {
    for (let lane = 0; lane < lines; lane++) {
      let at = origin + lane * lineStride
      for (let step = 0, to = target + lane; step < count; step++, to += tile, at += stride)
        panel[to] = source[at]!
    }
    return
  }
  let first = origin
  let second = first + lineStride
  let third = second + lineStride
  let fourth = third + lineStride
  for (const end = target + count * tile; target < end; target += tile) {
    panel[target] = source[first]!
    panel[target + 1] = source[second]!
    panel[target + 2] = source[third]!
    panel[target + 3] = source[fourth]!
    first += stride
    second += stride
    third += stride
    fourth += stride
  }
}

const multiplySmall =
  (m: number, k: number, n: number): Multiply =>
  (a, b, out, offset) => {
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = 0
        let i = a.offset + row * a.rowStride
        let j = b.offset + column * b.columnStride
        for (let step = 0; step < k; step++, i += a.columnStride, j += b.rowStride)
          sum += a.data[i]! * b.data[j]!
        out[offset + row * n + column] = sum
      }
    }
  }

const smallest = 1024

/** The most rows or columns that are multiplied one by one: packing the other matrix pays if more read it. */
const few = 3

/** Products of a row with a matrix, one row after the other. */
function multiplyRows(m: number, k: number, n: number): Multiply {
  const multiply = rowMultiplier(k, n)
  return (a, b, out, offset) => {
    for (let row = 0; row < m; row++)
      multiply({ ...a, offset: a.offset + row * a.rowStride }, b, out, offset + row * n)
  }
}

/** Products of a matrix with a column, one column after the other: those of rows, all transposed. */
function multiplyColumns(m: number, k: number, n: number): Multiply {
  const multiply = rowMultiplier(k, m)
  const sums = new Float64Array(m)
  return (a, b, out, offset) => {
    for (let column = 0; column < n; column++) {
      multiply(transposed({ ...b, offset: b.offset + column * b.columnStride }), transposed(a), sums, 0)
      for (let row = 0, at = offset + column; row < m; row++, at += n) out[at] = sums[row]!
    }
  }
}

/** A product for matrices of these sizes, with room for what it needs, to be used for one after the other. */
export function multiplier(m: number, k: number, n: number): Multiply {
  if (m * k * n < smallest && k <= panelDepth) return multiplySmall(m, k, n)
  if (m <= few) return multiplyRows(m, k, n)
  return n <= few ? multiplyColumns(m, k, n) : multiplyPacked(m, k, n)
}

function multiplyPacked(m: number, k: number, n: number): Multiply {
  const depth = Math.min(panelDepth, k)
  const panelA = new Float64Array(tile * depth)
  const panelB = new Float64Array(Math.ceil(n / tile) * tile * depth)
  const corner = new Float64Array(tile * tile)
  // Products deeper than a panel are summed up here, those of one panel go where they belong at once.
  const sums = k > depth ? new Float64Array(m * n) : undefined
  return (a, b, out, offset) => {
    sums?.fill(0)
    for (let from = 0; from < k; from += depth) {
      const count = Math.min(depth, k - from)
      for (let column = 0; column < n; column += tile) {
        const origin = b.offset + from * b.rowStride + column * b.columnStride
        pack(
          panelB,
          column * count,
          b.data,
          origin,
          Math.min(tile, n - column),
          b.columnStride,
          count,
          b.rowStride,
        )
      }
      for (let row = 0; row < m; row += tile) {
        const rows = Math.min(tile, m - row)
        const origin = a.offset + from * a.columnStride + row * a.rowStride
        pack(panelA, 0, a.data, origin, rows, a.rowStride, count, a.columnStride)
        for (let column = 0; column < n; column += tile) {
          const columns = Math.min(tile, n - column)
          const at = row * n + column
          if (sums === undefined && rows === tile && columns === tile) {
            multiplyTile(count, panelA, panelB, column * count, out, offset + at, n)
            continue
          }
          multiplyTile(count, panelA, panelB, column * count, corner, 0, tile)
          if (sums === undefined) storeCorner(corner, rows, columns, out, offset + at, n)
          else addCorner(corner, rows, columns, sums, at, n)
        }
      }
    }
    if (sums !== undefined) out.set(sums, offset)
  }
}

function storeCorner(
  corner: Float64Array,
  rows: number,
  columns: number,
  out: TypedArray,
  at: number,
  stride: number,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[at + i * stride + j] = corner[i * tile + j]!
}

function addCorner(
  corner: Float64Array,
  rows: number,
  columns: number,
  sums: Float64Array,
  at: number,
  stride: number,
): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      sums[at + i * stride + j] = sums[at + i * stride + j]! + corner[i * tile + j]!
}
