import type { TypedArray } from '../../tensor/dtype.ts'

/** A rectangle is copied in squares of this side when its columns are closer together in the source than its rows. */
const square = 16

function copyRectangle(
  out: TypedArray,
  target: number,
  source: TypedArray,
  origin: number,
  rows: number,
  columns: number,
  rowStride: number,
  columnStride: number,
): void {
  const side = columnStride > rowStride ? square : Math.max(rows, columns)
  for (let top = 0; top < rows; top += side)
    for (let left = 0; left < columns; left += side) {
      const bottom = Math.min(top + side, rows)
      const right = Math.min(left + side, columns)
      for (let row = top; row < bottom; row++) {
        let at = origin + row * rowStride + left * columnStride
        let to = target + row * columns + left
        for (let column = left; column < right; column++, at += columnStride, to++) out[to] = source[at]!
      }
    }
}

/** The axes of size above 1, those that follow each other in the source as in the result taken as one. */
function mergeAxes(sizes: readonly number[], strides: readonly number[]): { size: number; stride: number }[] {
  const merged: { size: number; stride: number }[] = []
  for (const [axis, size] of sizes.entries()) {
    if (size === 1) continue
    const stride = strides[axis]!
    const last = merged.at(-1)
    if (last !== undefined && last.stride === size * stride) {
      last.size *= size
      last.stride = stride
    } else merged.push({ size, stride })
  }
  return merged
}

/** Copies elements from anywhere in `source`, by a stride for every axis, to `out` in row-major order. */
export function stridedCopy(
  out: TypedArray,
  source: TypedArray,
  offset: number,
  sizes: readonly number[],
  strides: readonly number[],
): void {
  if (sizes.includes(0)) return
  const outer = mergeAxes(sizes, strides)
  const columns = outer.pop() ?? { size: 1, stride: 0 }
  const rows = outer.pop() ?? { size: 1, stride: 0 }
  let target = 0
  const walk = (axis: number, at: number): void => {
    const { size, stride } = outer[axis] ?? { size: 0, stride: 0 }
    if (axis < outer.length) for (let step = 0; step < size; step++) walk(axis + 1, at + step * stride)
    else {
      copyRectangle(out, target, source, at, rows.size, columns.size, rows.stride, columns.stride)
      target += rows.size * columns.size
    }
  }
  walk(0, offset)
}
