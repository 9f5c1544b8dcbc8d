import type { TypedArray } from '../../tensor/dtype.ts'

/** Copies elements from anywhere in `source`, by a stride for every axis, to `out` in row-major order. */
export function stridedCopy(
  out: TypedArray,
  source: TypedArray,
  offset: number,
  sizes: readonly number[],
  strides: readonly number[],
): void {
  let target = 0
  const walk = (axis: number, at: number): void => {
    const size = sizes[axis] ?? 1
    const stride = strides[axis] ?? 0
    if (axis >= sizes.length - 1)
      for (let step = 0; step < size; step++, at += stride) out[target++] = source[at]!
    else for (let step = 0; step < size; step++) walk(axis + 1, at + step * stride)
  }
  if (!sizes.includes(0)) walk(0, offset)
}
