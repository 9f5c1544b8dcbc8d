import { fold, randomNormal, randomUniform, toArray, type Float, type Key } from '@pullback/core'
import type { Dataset } from '../dataset/dataset.ts'
import { checkCount } from '../options/checkCount.ts'
import { checkSpread, pointSet } from './points.ts'

/** What blobs look like. */
export interface BlobsOptions<D extends Float = 'float32'> {
  /** Points in every blob, 100 unless given. */
  readonly pointsPerClass?: number
  /** Blobs, each a class of its own; 3 unless given. */
  readonly classes?: number
  /** Dimensions of the space, 2 unless given. */
  readonly dimensions?: number
  /** Standard deviation of every coordinate around the centre of its blob; 1 unless given. */
  readonly spread?: number
  /** Centres are drawn evenly from -extent to extent along every axis; 10 unless given. */
  readonly extent?: number
  readonly dtype?: D
}

/**
 * Round normal clouds around random centres, `[N, dimensions]`, class after class: x = c + spread e, with the centre c
 * uniform in the box and e standard normal. Bits do not depend on the engine. Source: `make_blobs` of scikit-learn.
 *
 * @param key of the draw
 * @throws RangeError if an option is not a count or not a finite number
 * @example
 * blobs(seed(0), { classes: 4, dimensions: 5, pointsPerClass: 10 }).features.shape // => [40, 5]
 */
export function blobs<D extends Float = 'float32'>(
  key: Key,
  { pointsPerClass = 100, classes = 3, dimensions = 2, spread = 1, extent = 10, dtype }: BlobsOptions<D> = {},
): Dataset<D> {
  checkCount('blobs, pointsPerClass', pointsPerClass, 0)
  checkCount('blobs, classes', classes, 1)
  checkCount('blobs, dimensions', dimensions, 1)
  checkSpread('blobs, spread', spread)
  checkSpread('blobs, extent', extent)
  const shape = [classes * pointsPerClass, dimensions] as const
  const centres = toArray(randomUniform(fold(key, 'blob centres'), [classes, dimensions], 'float64'))
  const deviations = toArray(randomNormal(fold(key, 'blobs'), shape, 'float64'))
  const points = Array.from({ length: shape[0] }, (_, position) => {
    const label = Math.floor(position / pointsPerClass)
    const point = Array.from({ length: dimensions }, (_, axis) => {
      const centre = extent * (2 * (centres[label * dimensions + axis] ?? 0) - 1)
      return centre + spread * (deviations[position * dimensions + axis] ?? 0)
    })
    return { point, label }
  })
  return pointSet(points, dimensions, classes, dtype ?? ('float32' as D))
}
