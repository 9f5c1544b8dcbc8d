import { elementCount, leaves, toArray, type TypedArray } from '@pullback/core'
import type { Tree } from '@pullback/core'
import type { Sample } from '../sample/sample.ts'
import type { LawName, Outcome } from './law.ts'
import { holds, violated } from './outcomes.ts'
import { placeOf } from './place.ts'

/** Numbers that should be equal but for rounding, and how far rounding can put the pair apart. */
export interface Comparison {
  readonly path: string
  readonly shape: readonly number[]
  readonly left: ArrayLike<number>
  readonly right: ArrayLike<number>
  readonly bound: ArrayLike<number>
}

/** The bounds are of first order, and elementary functions are not rounded correctly: twice covers both. */
const safety = 2

/**
 * Compares element by element. The worst element beyond its bound breaks the law; elements without a finite bound are
 * not decided.
 */
export function agreement(
  law: LawName,
  sample: Sample,
  sentence: string,
  comparisons: readonly Comparison[],
): Outcome {
  let worst = 0
  let outcome: Outcome = holds
  let unresolved = 0
  let compared = 0
  for (const { path, shape, left, right, bound } of comparisons)
    for (let position = 0; position < left.length; position++) {
      const [l = NaN, r = NaN, b = NaN] = [left[position], right[position], bound[position]]
      const difference = Math.abs(l - r)
      const allowed = safety * b
      compared += 1
      if (!Number.isFinite(allowed) || !Number.isFinite(difference)) unresolved += 1
      else if (difference > allowed && difference / (allowed + Number.MIN_VALUE) > worst) {
        worst = difference / (allowed + Number.MIN_VALUE)
        const place = placeOf('', path, shape, position)
        outcome = violated(law, sample, sentence, { place, analytic: l, expected: r, bound: allowed })
      }
    }
  if (outcome.verdict === 'violated' || unresolved === 0) return outcome
  return { verdict: 'unresolved', unresolved, compared }
}

/** The arrays of a tree of constants, by path. */
export const arraysOf = (tree: Tree): ReadonlyMap<string, TypedArray> =>
  new Map(leaves(tree).map(([path, tensor]) => [path, toArray(tensor)]))

/** Compares two trees of one form, the bound of every element being `bound` of it. */
export function compareTrees(
  left: Tree,
  right: Tree,
  bound: (path: string, position: number) => number,
): readonly Comparison[] {
  const others = arraysOf(right)
  return leaves(left).flatMap(([path, tensor]) => {
    const other = others.get(path)
    if (other === undefined) return []
    const count = elementCount(tensor.shape)
    return [
      {
        path,
        shape: tensor.shape,
        left: toArray(tensor),
        right: other,
        bound: Float64Array.from({ length: count }, (_, position) => bound(path, position)),
      },
    ]
  })
}
