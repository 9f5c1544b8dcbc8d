import type { TypedArray } from '../../tensor/dtype.ts'

const block = 128

/** The sum of `n` elements `step` apart, pairwise over blocks: its error grows with log n, not n. */
function pairwiseSum(a: TypedArray, i: number, n: number, step: number): number {
  if (n > block) {
    const half = Math.ceil(n / 2 / block) * block
    return pairwiseSum(a, i, half, step) + pairwiseSum(a, i + half * step, n - half, step)
  }
  let total = 0
  for (let count = 0; count < n; count++, i += step) total += a[i]!
  return total
}

/** Adds up `rows` rows of `inner` elements, in blocks whose sums are added last. */
function sumRows(a: TypedArray, i: number, rows: number, inner: number, out: TypedArray, k: number): void {
  const total = new Float64Array(inner)
  const partial = new Float64Array(inner)
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < inner; column++, i++) partial[column]! += a[i]!
    if ((row + 1) % block !== 0 && row + 1 < rows) continue
    for (let column = 0; column < inner; column++) total[column]! += partial[column]!
    partial.fill(0)
  }
  for (let column = 0; column < inner; column++) out[k + column] = total[column]!
}

/** Reduces the middle axis of `[outer, count, inner]`. */
export type ReduceLoop = (out: TypedArray, a: TypedArray, outer: number, count: number, inner: number) => void

const extreme =
  (choose: (x: number, y: number) => number): ReduceLoop =>
  (out, a, outer, count, inner) => {
    for (let group = 0; group < outer; group++)
      for (let column = 0; column < inner; column++) {
        let i = group * count * inner + column
        let best = a[i]!
        for (let row = 1; row < count; row++) best = choose(best, a[(i += inner)]!)
        out[group * inner + column] = best
      }
  }

export const reduceLoops = {
  sum: ((out, a, outer, count, inner) => {
    for (let group = 0; group < outer; group++)
      if (inner === 1) out[group] = pairwiseSum(a, group * count, count, 1)
      else sumRows(a, group * count * inner, count, inner, out, group * inner)
  }) satisfies ReduceLoop,
  max: extreme(Math.max),
  min: extreme(Math.min),
  argmax: ((out, a, outer, count, inner) => {
    for (let group = 0; group < outer; group++)
      for (let column = 0; column < inner; column++) {
        const first = group * count * inner + column
        let best = 0
        for (let row = 1; row < count; row++) {
          const held = a[first + best * inner]!
          const value = a[first + row * inner]!
          if (value > held || (Number.isNaN(value) && !Number.isNaN(held))) best = row
        }
        out[group * inner + column] = best
      }
  }) satisfies ReduceLoop,
}
