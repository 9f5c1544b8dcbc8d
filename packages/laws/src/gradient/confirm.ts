import { threefold } from '../numeric/ladder.ts'
import { compare, numericAt, type Comparison, type Numeric } from './compare.ts'
import type { Vector } from './kernels/vectors.ts'
import { gradientsAt, linesThrough, projectedDerivatives, quickly, type Sampling } from './lines.ts'
import { magnitude, type Point } from './point.ts'

/** The same derivative from other samples, each evaluated on its own by the plain interpreter. */
const independently: Sampling = { ladder: threefold, plainly: true }

/** The two numerics must agree so many times better with each other than with backward. */
const margin = 8

/** And backward must be off by so many bounds: an estimate that is itself in doubt decides nothing. */
const certainty = 4

const numericAlong = (point: Point, at: Vector, v: Vector, w: Float64Array, sampling: Sampling): Numeric => {
  const [line] = linesThrough(point, at, [v], sampling)
  if (line === undefined) return { value: 0, error: Infinity, gap: 0 }
  return numericAt(projectedDerivatives(point, line, [w], sampling), 0)
}

/** Rounding is at most so many units of the largest number that backward meets. */
const roundings = 2 ** 10

/**
 * How far rounding can put every entry of what backward gives off.
 *
 * Worked out step by step, and in proportion to the largest number on the way, whichever is less: step by step, a
 * comparison of equal numbers is taken for one that rounding decides.
 */
export function roundingAt(point: Point, at: Vector, w: Float64Array): Vector {
  const most = roundings * point.unit * point.scale * magnitude(point.intermediates([...at, w], 1))
  return point
    .rounding([...at, w], 1)
    .map((errors) => errors.map((error) => (error >= 0 ? Math.min(error, most) : most)))
}

/**
 * A comparison along one direction that is not taken for a disagreement unless two ladders agree on it.
 *
 * @param rounding how far rounding can put each entry of the gradient off
 */
export function confirm(
  point: Point,
  at: Vector,
  v: Vector,
  w: Float64Array,
  rounding = roundingAt(point, at, w),
): Comparison {
  const [gradient] = gradientsAt(point, at, [w])
  const first = numericAlong(point, at, v, w, quickly)
  const comparison = compare(point, gradient ?? [], v, w, first, rounding)
  if (comparison.verdict !== 'disagree') return comparison
  const second = numericAlong(point, at, v, w, independently)
  const again = compare(point, gradient ?? [], v, w, second, rounding)
  const apart = Math.abs(first.value - second.value)
  const off = Math.min(
    Math.abs(comparison.analytic - first.value),
    Math.abs(comparison.analytic - second.value),
  )
  const doubt = Math.max(apart * margin, certainty * Math.max(comparison.bound, again.bound))
  const isSure = again.verdict === 'disagree' && !(off < doubt)
  return isSure ? comparison : { ...comparison, verdict: 'unresolved' }
}
