import { compare, numericAt } from './compare.ts'
import { drawn } from './draw.ts'
import { moved, type Vector } from './kernels/vectors.ts'
import { gradientsAt, linesThrough, projectedDerivatives } from './lines.ts'
import type { Point } from './point.ts'

/** What backward and the differences say at positions around one. */
export interface Around {
  readonly agree: number
  readonly disagree: number
  /** What backward gives along the direction at each of them. */
  readonly analytic: readonly number[]
}

const radii = [1e-2, 1e-5] as const
const perRadius = 4

/** Positions at a distance, in directions drawn from the seed. */
export const positionsAround = (at: Vector, radius: number, count: number, seed: number): readonly Vector[] =>
  Array.from({ length: count }, (_, index) =>
    moved(
      at,
      radius,
      at.map(({ length }, leaf) => drawn(seed, 1000 + 97 * index + leaf, length)),
    ),
  )

/** Looks at the derivative of <output, w> along v at positions around, far and near. */
export function lookAround(
  point: Point,
  at: Vector,
  v: Vector,
  w: Float64Array,
  rounding: Vector,
  seed: number,
): { readonly far: Around; readonly near: Around } {
  const [far, near] = radii.map((radius) => {
    const comparisons = positionsAround(at, radius, perRadius, seed).flatMap((neighbour) => {
      const [line] = linesThrough(point, neighbour, [v])
      const [gradient] = gradientsAt(point, neighbour, [w])
      if (line === undefined || gradient === undefined) return []
      const numeric = numericAt(projectedDerivatives(point, line, [w]), 0)
      return [compare(point, gradient, v, w, numeric, rounding)]
    })
    return {
      agree: comparisons.filter(({ verdict }) => verdict === 'agree').length,
      disagree: comparisons.filter(({ verdict }) => verdict === 'disagree').length,
      analytic: comparisons.map(({ analytic }) => analytic),
    }
  })
  const nothing: Around = { agree: 0, disagree: 0, analytic: [] }
  return { far: far ?? nothing, near: near ?? nothing }
}
