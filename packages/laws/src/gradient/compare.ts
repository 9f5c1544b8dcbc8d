import type { Certified } from '../numeric/certify.ts'
import { dot, dotOfSizes, sizeOf, type Vector } from './kernels/vectors.ts'
import type { Point } from './point.ts'

/** What backward and the certified differences say of one directional derivative, and whether they agree. */
export interface Comparison {
  readonly verdict: 'agree' | 'disagree' | 'unresolved'
  readonly analytic: number
  readonly numeric: number
  /** The difference that rounding and the error of the differences account for. */
  readonly bound: number
  /** How far the one-sided derivatives are apart, if they are. */
  readonly gap: number
}

/** Backward may be off by so many roundings of each of its terms. */
const roundings = 64

/** Bounds of rounding are of first order, and elementary functions are not rounded correctly. */
const safety = 2

/** A bound beyond this share of what is compared decides nothing: a thousandth, or a few hundredths in float32. */
const blindBeyond = (unit: number): number => Math.max(1e-3, 2 ** 19 * unit)

/** Nor does it where so many roundings of the outputs are all that can be told from zero. */
const grains = 2 ** 10

/** One certified derivative. */
export interface Numeric {
  readonly value: number
  readonly error: number
  readonly gap: number
}

export const numericAt = ({ value, error, gap }: Certified, index: number): Numeric => ({
  value: value[index] ?? 0,
  error: error[index] ?? Infinity,
  gap: gap[index] ?? 0,
})

const largest = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/**
 * <gradient, v> beside the certified derivative of <output, w> along v.
 *
 * The bound is what the differences are off by, certified, and what backward itself rounds: each term of <gradient, v>,
 * and terms of the size of the cotangent that cancelled on the way; `rounding`, where it has been worked out.
 *
 * @param rounding how far rounding can put each entry of the gradient off
 */
export function compare(
  point: Point,
  gradient: Vector,
  v: Vector,
  w: Float64Array,
  { value, error, gap }: Numeric,
  rounding?: Vector,
): Comparison {
  const analytic = dot(gradient, v)
  const terms = dotOfSizes(gradient, v)
  const rounded = roundings * point.unit * (terms + largest(w) * sizeOf(v))
  const known = rounding === undefined ? 0 : safety * dotOfSizes(rounding, v)
  // A gradient that is not a number is not so by rounding.
  const bound = Number.isFinite(analytic) ? error + rounded + known : error
  const difference = Math.abs(analytic - value)
  const size = Math.max(Math.abs(value), terms, 1e-6 * largest(w))
  const least = grains * point.unit * point.scale * sizeOf([w])
  const numeric = { analytic, numeric: value, bound, gap }
  // A kink decides nothing here: a sum over kinks of either sign need not be between its one-sided derivatives.
  if (gap > 0 && gap < Infinity) return { verdict: 'unresolved', ...numeric }
  if (!(difference <= bound)) return { verdict: bound < Infinity ? 'disagree' : 'unresolved', ...numeric }
  return {
    verdict: bound <= Math.max(blindBeyond(point.unit) * size, least) ? 'agree' : 'unresolved',
    ...numeric,
  }
}
