import { threefold } from '../numeric/ladder.ts'
import { compare, numericAt, type Comparison, type Numeric } from './compare.ts'
import type { Vector } from './kernels/vectors.ts'
import { gradientsAt, linesThrough, projectedDerivatives, quickly, type Sampling } from './lines.ts'
import { magnitude, type Point } from './point.ts'

/** The same derivative from other samples, each evaluated on its own by the plain interpreter. */
const independently: Sampling = { ladder: threefold, plainly: true }

/** The two numerics must agree so many times better with each other than with backward. */
const margin = 8

const numericAlong = (point: Point, at: Vector, v: Vector, w: Float64Array, sampling: Sampling): Numeric => {
  const [line] = linesThrough(point, at, [v], sampling)
  if (line === undefined) return { value: 0, error: Infinity, gap: 0 }
  return numericAt(projectedDerivatives(point, line, [w], sampling), 0)
}

/** The largest magnitude that backward meets at a position, which its roundings are in proportion to. */
export const hiddenScale = (point: Point, at: Vector, w: Float64Array): number =>
  point.scale * magnitude(point.intermediates([...at, w], 1))

/**
 * A comparison along one direction that is not taken for a disagreement unless two ladders agree on it.
 *
 * @param hidden what backward's roundings are in proportion to
 */
export function confirm(
  point: Point,
  at: Vector,
  v: Vector,
  w: Float64Array,
  hidden = hiddenScale(point, at, w),
): Comparison {
  const [gradient] = gradientsAt(point, at, [w])
  const first = numericAlong(point, at, v, w, quickly)
  const comparison = compare(point, gradient ?? [], v, w, first, hidden)
  if (comparison.verdict !== 'disagree') return comparison
  const second = numericAlong(point, at, v, w, independently)
  const again = compare(point, gradient ?? [], v, w, second, hidden)
  const apart = Math.abs(first.value - second.value)
  const off = Math.min(
    Math.abs(comparison.analytic - first.value),
    Math.abs(comparison.analytic - second.value),
  )
  const isSure = again.verdict === 'disagree' && !(apart * margin > off)
  return isSure ? comparison : { ...comparison, verdict: 'unresolved' }
}
