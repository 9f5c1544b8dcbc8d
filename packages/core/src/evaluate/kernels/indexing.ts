import type { TypedArray } from '../../tensor/dtype.ts'

/** Copies the slices of the middle axis of `[outer, count, inner]` that `indices` name. */
export function gatherLoop(
  out: TypedArray,
  source: TypedArray,
  indices: TypedArray,
  outer: number,
  count: number,
  inner: number,
): void {
  let target = 0
  for (let group = 0; group < outer; group++)
    for (let item = 0; item < indices.length; item++) {
      let from = (group * count + indices[item]!) * inner
      for (const end = from + inner; from < end; from++, target++) out[target] = source[from]!
    }
}

/** Adds the slices of `source` to those of the middle axis of `[outer, count, inner]` that `indices` name. */
export function scatterAddLoop(
  out: TypedArray,
  source: TypedArray,
  indices: TypedArray,
  outer: number,
  count: number,
  inner: number,
): void {
  let from = 0
  for (let group = 0; group < outer; group++)
    for (let item = 0; item < indices.length; item++) {
      let to = (group * count + indices[item]!) * inner
      for (const end = to + inner; to < end; to++, from++) out[to] = out[to]! + source[from]!
    }
}

/** Sets the element that each index names in its row of `depth`; every index is one of the row's. */
export function oneHotLoop(out: TypedArray, indices: TypedArray, depth: number): void {
  for (let row = 0; row < indices.length; row++) out[row * depth + indices[row]!] = 1
}
