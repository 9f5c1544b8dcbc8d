import { fromValues, type Float } from '@pullback/core'
import { dataset, type Dataset } from '../dataset/dataset.ts'

/** Throws unless `value` is a finite number from 0 on. */
export function checkSpread(what: string, value: number): void {
  if (!(value >= 0 && value < Infinity))
    throw new RangeError(`${what}: takes a number from 0 on, not ${value}`)
}

/** Numbers evenly spaced from `start` to `stop`, both included; the middle of nowhere, `start`, if there is one. */
export const evenly = (start: number, stop: number, count: number, index: number): number =>
  count === 1 ? start : start + ((stop - start) * index) / (count - 1)

/** A point and the class it belongs to. */
export interface LabelledPoint {
  readonly point: readonly number[]
  readonly label: number
}

/** The data set of points in a space of some dimensions. */
export function pointSet<D extends Float>(
  points: readonly LabelledPoint[],
  dimensions: number,
  classes: number,
  dtype: D,
): Dataset<D> {
  return dataset({
    features: fromValues(
      points.flatMap(({ point }) => point),
      [points.length, dimensions],
      dtype,
    ),
    labels: fromValues(
      points.map(({ label }) => label),
      [points.length],
      'int32',
    ),
    classes,
    featureNames: dimensions <= 3 ? ['x', 'y', 'z'].slice(0, dimensions) : numbered(dimensions),
  })
}

const numbered = (dimensions: number): readonly string[] =>
  Array.from({ length: dimensions }, (_, index) => `x${index}`)
