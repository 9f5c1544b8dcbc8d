import { drawn } from './draw.ts'
import type { Vector } from './kernels/vectors.ts'
import type { Point } from './point.ts'

/** A direction drawn from the seed in which every entry of every leaf counts. */
export const jointDirection = ({ at }: Point, seed: number): Vector =>
  at.map(({ length }, leaf) => drawn(seed, leaf, length))

/** The joint direction, and its part in each leaf alone: a small gradient would drown in a large one. */
export function directionsFor(point: Point, seed: number): readonly Vector[] {
  const joint = jointDirection(point, seed)
  const alone = joint.flatMap(({ length }, leaf) =>
    length === 0
      ? []
      : [joint.map((values, other) => (other === leaf ? values : new Float64Array(values.length)))],
  )
  return alone.length > 1 ? [joint, ...alone] : alone
}
