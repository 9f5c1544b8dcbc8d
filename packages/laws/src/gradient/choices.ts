import { numericAt, type Comparison } from './compare.ts'
import type { Vector } from './kernels/vectors.ts'
import { linesThrough, projectedDerivatives } from './lines.ts'
import type { Point } from './point.ts'

/** A choice that was not among those tried may be beyond them by this share of how far they are apart. */
const slack = 1e-2

/** Moving a kink changes derivatives beside it by about this share of themselves. */
const drift = 1e-2

/**
 * Whether a gradient is one of those that the chain rule gives where kinks meet, each kink having its own choice.
 *
 * relu(x) - relu(-x) is x, without a kink, yet any of 0, 1 and 2 comes of choices that are right for each relu at 0.
 */
export function isChoice(
  point: Point,
  at: Vector,
  v: Vector,
  w: Float64Array,
  { analytic, bound, numeric }: Comparison,
): boolean {
  if (point.nudged.length === 0) return true
  let low = Infinity
  let high = -Infinity
  for (const outputs of point.nudged) {
    const [line] = linesThrough({ ...point, outputs }, at, [v])
    if (line === undefined) return true
    const { value, error } = numericAt(projectedDerivatives(point, line, [w]), 0)
    low = Math.min(low, value - error)
    high = Math.max(high, value + error)
  }
  const reach = bound + slack * (high - low) + drift * Math.abs(numeric)
  return analytic >= low - reach && analytic <= high + reach
}
