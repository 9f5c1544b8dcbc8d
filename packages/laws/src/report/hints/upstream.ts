import { toArray } from '@pullback/core'
import type { Sample } from '../../sample/sample.ts'
import { close } from '../gradientsAt.ts'
import { withCotangent } from '../vary.ts'
import { always, type Hint, type Point } from './evidence.ts'

const scaled = (sample: Sample, factor: number): Sample =>
  withCotangent(
    sample,
    toArray(sample.dOutput).map((value) => value * factor),
  )

const scalesBy =
  (factor: number, at: (sample: Sample) => Point | undefined) =>
  ({ sample, gradient: { analytic } }: Point): boolean => {
    const other = at(scaled(sample, 2))
    return (
      other !== undefined &&
      analytic.some((value) => value !== 0) &&
      close(
        other.gradient.analytic,
        analytic.map((value) => value * factor),
      )
    )
  }

/** The gradient does not depend on the cotangent. */
export const upstreamIgnored: Hint = ({ points, at }) =>
  always(points, scalesBy(1, at))
    ? 'does not change with dOutput: the upstream gradient is ignored'
    : undefined

/** The gradient is quadratic in the cotangent. */
export const upstreamSquared: Hint = ({ points, at }) =>
  always(points, scalesBy(4, at)) ? 'four times as large for twice the dOutput: it enters twice' : undefined

/** More entries than one-hot cotangents are tried for. */
const mostEntries = 12

/** The gradient is right as long as one entry of the cotangent alone is not zero. */
export const oneHotCotangents: Hint = ({ points, violated }) => {
  const holds = ({ sample }: Point): boolean => {
    const values = toArray(sample.dOutput)
    return (
      values.length > 1 &&
      values.length <= mostEntries &&
      values.every(
        (_, one) =>
          !violated(
            withCotangent(
              sample,
              values.map((value, entry) => (entry === one ? value : 0)),
            ),
          ),
      )
    )
  }
  return always(points, holds)
    ? 'right where dOutput has one entry only, wrong where it has several'
    : undefined
}
