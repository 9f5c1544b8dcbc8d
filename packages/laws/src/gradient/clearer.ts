import type { Violation } from '../law/law.ts'
import type { Sample } from '../sample/sample.ts'
import { compare, numericAt } from './compare.ts'
import { investigate } from './investigate.ts'
import type { Vector } from './kernels/vectors.ts'
import { derivatives, gradientsAt, linesThrough, projectedDerivatives, type Line } from './lines.ts'
import { positionsAround } from './neighbours.ts'
import type { Point } from './point.ts'

/** The cotangent without the outputs whose derivative along the line is not known to this share. */
const blurred = 1e-4

function withoutUnclear(point: Point, line: Line, w: Float64Array): Float64Array {
  const { value, error, gap } = derivatives(point, line)
  return w.map((weight, output) => {
    const isClear =
      gap[output] === 0 &&
      (error[output] ?? Infinity) <= blurred * Math.max(1e-2, Math.abs(value[output] ?? 0))
    return isClear ? weight : 0
  })
}

/** How far off another attempt is made: outside of every kink at the position itself. */
const aside = 1e-2

/**
 * Compares again what was not decided: by the outputs alone that have a derivative, then a little aside.
 */
export function clearer(
  point: Point,
  at: Vector,
  line: Line,
  w: Float64Array,
  sample: Sample,
): 'agree' | 'unresolved' | Violation {
  const here = attempt(point, at, line, withoutUnclear(point, line, w), sample)
  if (here !== 'unresolved') return here
  const [neighbour = at] = positionsAround(at, aside, 1, sample.seed)
  const [there] = linesThrough(point, neighbour, [line.direction])
  return there === undefined
    ? 'unresolved'
    : attempt(point, neighbour, there, withoutUnclear(point, there, w), sample)
}

function attempt(
  point: Point,
  at: Vector,
  line: Line,
  w: Float64Array,
  sample: Sample,
): 'agree' | 'unresolved' | Violation {
  if (w.every((weight) => weight === 0)) return 'unresolved'
  const [gradient = []] = gradientsAt(point, at, [w])
  const numeric = numericAt(projectedDerivatives(point, line, [w]), 0)
  const { verdict } = compare(point, gradient, line.direction, w, numeric)
  return verdict === 'disagree' ? investigate(point, at, line.direction, w, sample) : verdict
}
