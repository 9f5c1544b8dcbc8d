import { compare, numericAt, type Comparison } from './compare.ts'
import { roundingAt } from './confirm.ts'
import { between, entryCount, oneHotVector, type Vector } from './kernels/vectors.ts'
import { derivatives, gradientsAt, linesThrough, projectedDerivatives } from './lines.ts'
import type { Point } from './point.ts'

/** So many entries or outputs are looked at one by one; more are halved first. */
const fewEnough = 64

const excess = ({ verdict, analytic, numeric, bound }: Comparison): number =>
  verdict !== 'disagree' ? -1 : Number.isFinite(analytic) ? Math.abs(analytic - numeric) - bound : Infinity

const worst = (comparisons: readonly Comparison[]): number => {
  const found = comparisons.reduce(
    (best, comparison, index) => (excess(comparison) > best.by ? { by: excess(comparison), index } : best),
    { by: -1, index: -1 },
  )
  return found.index
}

function compareAlong(
  point: Point,
  at: Vector,
  directions: readonly Vector[],
  w: Float64Array,
  rounding: Vector,
): readonly Comparison[] {
  const [gradient = []] = gradientsAt(point, at, [w])
  return linesThrough(point, at, directions).map((line, index) => {
    const numeric = numericAt(projectedDerivatives(point, line, [w]), 0)
    return compare(point, gradient, directions[index] ?? [], w, numeric, rounding)
  })
}

/** The entry, counted through all leaves, at which backward and the differences disagree most; -1 if at none. */
export function worstEntry(point: Point, at: Vector, v: Vector, w: Float64Array, rounding: Vector): number {
  let from = 0
  let to = entryCount(v)
  while (to - from > fewEnough) {
    const middle = Math.floor((from + to) / 2)
    const halves = [between(v, from, middle), between(v, middle, to)]
    const half = worst(compareAlong(point, at, halves, w, rounding))
    if (half < 0) return -1
    if (half === 0) to = middle
    else from = middle
  }
  const directions = Array.from({ length: to - from }, (_, offset) => oneHotVector(at, from + offset))
  const index = worst(compareAlong(point, at, directions, w, rounding))
  return index < 0 ? -1 : from + index
}

/** The output at which backward and the differences disagree most along a direction; -1 if at none or there are many. */
export function worstOutput(point: Point, at: Vector, v: Vector): number {
  if (point.width > fewEnough) return -1
  const cotangents = Array.from({ length: point.width }, (_, output) => {
    const hot = new Float64Array(point.width)
    hot[output] = 1
    return hot
  })
  const [line] = linesThrough(point, at, [v])
  if (line === undefined) return -1
  const found = derivatives(point, line)
  const rounding = roundingAt(point, at, new Float64Array(point.width).fill(1))
  const comparisons = gradientsAt(point, at, cotangents).map((gradient, output) => {
    return compare(
      point,
      gradient,
      v,
      cotangents[output] ?? new Float64Array(0),
      numericAt(found, output),
      rounding,
    )
  })
  return worst(comparisons)
}
