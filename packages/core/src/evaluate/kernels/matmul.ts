import type { TypedArray } from '../../tensor/dtype.ts'

const tile = 4
const depth = 256

/** A matrix inside a larger array: where it begins and how far apart its rows and columns are. */
export interface Matrix {
  readonly data: TypedArray
  readonly offset: number
  readonly rowStride: number
  readonly columnStride: number
}

/**
 * Adds the products of `k` packed pairs of tile columns and rows to sixteen sums, kept in registers.
 * Both panels are float64 whatever the tensors are: one machine type in the inner loop, and no rounding within it.
 */
function multiplyTile(
  k: number,
  a: Float64Array,
  i: number,
  b: Float64Array,
  j: number,
  sums: Float64Array,
): void {
  let c00 = sums[0]!,
    c01 = sums[1]!,
    c02 = sums[2]!,
    c03 = sums[3]!
  let c10 = sums[4]!,
    c11 = sums[5]!,
    c12 = sums[6]!,
    c13 = sums[7]!
  let c20 = sums[8]!,
    c21 = sums[9]!,
    c22 = sums[10]!,
    c23 = sums[11]!
  let c30 = sums[12]!,
    c31 = sums[13]!,
    c32 = sums[14]!,
    c33 = sums[15]!
  for (let step = 0; step < k; step++, i += tile, j += tile) {
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
  sums[0] = c00
  sums[1] = c01
  sums[2] = c02
  sums[3] = c03
  sums[4] = c10
  sums[5] = c11
  sums[6] = c12
  sums[7] = c13
  sums[8] = c20
  sums[9] = c21
  sums[10] = c22
  sums[11] = c23
  sums[12] = c30
  sums[13] = c31
  sums[14] = c32
  sums[15] = c33
}

/** Copies `depthCount` steps of tiles of lines into a panel, padding the last tile with zeros. */
function pack(
  panel: Float64Array,
  source: TypedArray,
  origin: number,
  lines: number,
  lineStride: number,
  depthCount: number,
  depthStride: number,
): void {
  for (let first = 0; first < lines; first += tile) {
    for (let lane = 0; lane < tile; lane++) {
      let target = first * depthCount + lane
      if (first + lane >= lines) {
        for (let step = 0; step < depthCount; step++, target += tile) panel[target] = 0
        continue
      }
      let at = origin + (first + lane) * lineStride
      for (let step = 0; step < depthCount; step++, target += tile, at += depthStride)
        panel[target] = source[at]!
    }
  }
}

function multiplySmall(
  a: Matrix,
  b: Matrix,
  out: TypedArray,
  offset: number,
  m: number,
  k: number,
  n: number,
): void {
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

/** `out[m, n] = a[m, k] b[k, n]`, accumulated in float64 and rounded once when it is stored. */
export function multiply(
  a: Matrix,
  b: Matrix,
  out: TypedArray,
  offset: number,
  m: number,
  k: number,
  n: number,
): void {
  if (m * k * n < 2048) return multiplySmall(a, b, out, offset, m, k, n)
  const wholeRows = Math.ceil(m / tile) * tile
  const wholeColumns = Math.ceil(n / tile) * tile
  const panelDepth = Math.min(depth, k)
  const panelA = new Float64Array(wholeRows * panelDepth)
  const panelB = new Float64Array(wholeColumns * panelDepth)
  // Partial sums of earlier depth panels; a product of one panel needs none.
  const partial = new Float64Array(k > depth ? wholeRows * wholeColumns : 0)
  const sums = new Float64Array(tile * tile)
  for (let from = 0; from < k; from += depth) {
    const count = Math.min(depth, k - from)
    const last = from + count === k
    pack(panelA, a.data, a.offset + from * a.columnStride, m, a.rowStride, count, a.columnStride)
    pack(panelB, b.data, b.offset + from * b.rowStride, n, b.columnStride, count, b.rowStride)
    for (let row = 0; row < m; row += tile) {
      for (let column = 0; column < n; column += tile) {
        const at = row * wholeColumns + column * tile
        if (from === 0) sums.fill(0)
        else for (let lane = 0; lane < tile * tile; lane++) sums[lane] = partial[at + lane]!
        multiplyTile(count, panelA, row * count, panelB, column * count, sums)
        if (last) storeTile(sums, out, offset, row, column, m, n)
        else for (let lane = 0; lane < tile * tile; lane++) partial[at + lane] = sums[lane]!
      }
    }
  }
}

function storeTile(
  sums: Float64Array,
  out: TypedArray,
  offset: number,
  row: number,
  column: number,
  m: number,
  n: number,
): void {
  const rows = Math.min(tile, m - row)
  const columns = Math.min(tile, n - column)
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) out[offset + (row + i) * n + column + j] = sums[i * tile + j]!
}
