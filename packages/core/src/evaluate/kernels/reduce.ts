import type { TypedArray } from '../../tensor/dtype.ts'

const block = 128

/** The sum of `n` elements from `i` on, pairwise over blocks: its error grows with log n, not n. */
function pairwiseSum(a: TypedArray, i: number, n: number): number {
  if (n > block) {
    const half = Math.ceil(n / 2 / block) * block
    return pairwiseSum(a, i, half) + pairwiseSum(a, i + half, n - half)
  }
  let total = 0
  for (const end = i + n; i < end; i++) total += a[i]!
  return total
}

/** Adds up rows of `inner` elements, `count` of them for each of `outer` results, in blocks whose sums are added last. */
function sumRows(out: TypedArray, a: TypedArray, outer: number, count: number, inner: number): void {
  const total = new Float64Array(inner)
  const partial = new Float64Array(inner)
  let i = 0
  for (let group = 0; group < outer; group++) {
    total.fill(0)
    for (let row = 1; row <= count; row++) {
      for (let column = 0; column < inner; column++, i++) partial[column] = partial[column]! + a[i]!
      if (row % block !== 0 && row < count) continue
      for (let column = 0; column < inner; column++) total[column] = total[column]! + partial[column]!
      partial.fill(0)
    }
    out.set(total, group * inner)
  }
}

/** Sums that wrap at 32 bits, as sums of two do; one rounded in float64 would not. */
function sumIntegers(out: TypedArray, a: TypedArray, outer: number, count: number, inner: number): void {
  out.fill(0)
  let i = 0
  for (let group = 0; group < outer; group++)
    for (let row = 0; row < count; row++)
      for (let column = 0, k = group * inner; column < inner; column++, i++, k++) out[k] = out[k]! + a[i]!
}

/** Reduces the middle axis of `[outer, count, inner]`; writes every element of `out`. */
export type ReduceLoop = (out: TypedArray, a: TypedArray, outer: number, count: number, inner: number) => void

export const reduceLoops = {
  sum: (out, a, outer, count, inner) => {
    if (a instanceof Int32Array) sumIntegers(out, a, outer, count, inner)
    else if (inner > 1) sumRows(out, a, outer, count, inner)
    else if (inner === 1)
      for (let group = 0; group < outer; group++) out[group] = pairwiseSum(a, group * count, count)
  },
  max: (out, a, outer, count, inner) => {
    let i = 0
    for (let group = 0; group < outer; group++) {
      const from = group * inner
      for (let k = from; k < from + inner; k++, i++) out[k] = a[i]!
      for (let row = 1; row < count; row++)
        for (let k = from; k < from + inner; k++, i++) out[k] = Math.max(out[k]!, a[i]!)
    }
  },
  min: (out, a, outer, count, inner) => {
    let i = 0
    for (let group = 0; group < outer; group++) {
      const from = group * inner
      for (let k = from; k < from + inner; k++, i++) out[k] = a[i]!
      for (let row = 1; row < count; row++)
        for (let k = from; k < from + inner; k++, i++) out[k] = Math.min(out[k]!, a[i]!)
    }
  },
  argmax: (out, a, outer, count, inner) => {
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
  },
} satisfies Record<string, ReduceLoop>
