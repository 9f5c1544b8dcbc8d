import { toArray } from '@pullback/core'
import type { Sample } from '../../sample/sample.ts'
import { close } from '../gradientsAt.ts'
import { withCotangent } from '../vary.ts'
import { always, type Evidence, type Hint, type Point } from './evidence.ts'

const scaled = (sample: Sample, factor: number): Sample =>
  withCotangent(
    sample,
    toArray(sample.dOutput).map((value) => value * factor),
  )

const scalesBy = (factor: number, { points, at }: Evidence): boolean =>
  points.some(({ gradient: { analytic } }) => analytic.some((value) => value !== 0)) &&
  points.every(({ sample, gradient: { analytic } }) => {
    const other = at(scaled(sample, 2))
    return (
      other !== undefined &&
      close(
        other.gradient.analytic,
        analytic.map((value) => value * factor),
      )
    )
  })

/** The gradient does not depend on the cotangent. */
export const upstreamIgnored: Hint = (evidence) =>
  scalesBy(1, evidence) ? 'does not change with dOutput: the upstream gradient is ignored' : undefined

/** The gradient is quadratic in the cotangent. */
export const upstreamSquared: Hint = (evidence) =>
  scalesBy(4, evidence) ? 'four times as large for twice the dOutput: it enters twice' : undefined

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
