import { leaves, toArray, type Tree } from '@pullback/core'
import { placeOf } from './place.ts'
import type { Place } from './law.ts'

/** Where two trees of one form differ in a bit, other than in which NaN they hold, and what they hold there. */
export function differentBits(
  tensor: string,
  a: Tree,
  b: Tree,
): { readonly place: Place; readonly left: number; readonly right: number } | undefined {
  const others = new Map(leaves(b))
  for (const [path, left] of leaves(a)) {
    const right = others.get(path)
    if (right === undefined || right === left) continue
    const [x, y] = [toArray(left), toArray(right)]
    for (let position = 0; position < x.length; position++) {
      const [l = NaN, r = NaN] = [x[position], y[position]]
      if (!Object.is(l, r)) return { place: placeOf(tensor, path, left.shape, position), left: l, right: r }
    }
  }
  return undefined
}
