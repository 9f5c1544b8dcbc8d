import { certifySamples, type Certified } from '../numeric/certify.ts'
import { displace } from '../numeric/kernels/displace.ts'
import { project } from '../numeric/kernels/project.ts'
import { fourfold, type Ladder } from '../numeric/ladder.ts'
import { packed, unpacked, type Vector } from './kernels/vectors.ts'
import type { Point } from './point.ts'

/** The outputs at every offset of a ladder along one line. */
export interface Line {
  readonly direction: Vector
  readonly samples: Float64Array
}

/** How lines are sampled: on which ladder, and whether one point after the other by the plain interpreter. */
export interface Sampling {
  readonly ladder: Ladder
  readonly plainly: boolean
}

export const quickly: Sampling = { ladder: fourfold, plainly: false }

/** The outputs along lines through `at`, all of them evaluated together. */
export function linesThrough(
  point: Point,
  at: Vector,
  directions: readonly Vector[],
  { ladder, plainly }: Sampling = quickly,
): readonly Line[] {
  const rows = ladder.offsets.length
  const all = packed(directions, at.length)
  const copies = at.map((values, leaf) => {
    const points = new Float64Array(values.length * rows * directions.length)
    displace(values, all[leaf] ?? new Float64Array(0), ladder.offsets, points)
    return points
  })
  const evaluate = plainly ? point.outputsPlainly : point.outputs
  const [samples = new Float64Array(0)] = evaluate(copies, rows * directions.length)
  const length = rows * point.width
  return directions.map((direction, index) => ({
    direction,
    samples: samples.subarray(index * length, (index + 1) * length),
  }))
}

/** The derivative of every output along a line. */
export const derivatives = (point: Point, { samples }: Line, { ladder }: Sampling = quickly): Certified =>
  certifySamples(samples, point.width, ladder, point)

/** The derivatives of <output, w> along a line for several w. */
export function projectedDerivatives(
  point: Point,
  { samples }: Line,
  cotangents: readonly Float64Array[],
  { ladder }: Sampling = quickly,
): Certified {
  const length = ladder.offsets.length * cotangents.length
  const sums = new Float64Array(length)
  const magnitudes = new Float64Array(length)
  const [weights = new Float64Array(0)] = packed(
    cotangents.map((cotangent) => [cotangent]),
    1,
  )
  project(samples, point.width, weights, point.scale, sums, magnitudes)
  return certifySamples(sums, cotangents.length, ladder, point, magnitudes)
}

/** What backward gives at `at` for several cotangents, evaluated together. */
export function gradientsAt(
  point: Point,
  at: Vector,
  cotangents: readonly Float64Array[],
): readonly Vector[] {
  const same = packed(
    cotangents.map(() => at),
    at.length,
  )
  const weights = packed(
    cotangents.map((cotangent) => [cotangent]),
    1,
  )
  return unpacked(point.gradients([...same, ...weights], cotangents.length), cotangents.length)
}
