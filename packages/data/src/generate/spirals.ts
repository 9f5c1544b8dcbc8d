import { fold, randomNormal, toArray, type Float, type Key } from '@pullback/core'
import type { Dataset } from '../dataset/dataset.ts'
import { checkCount } from '../options/checkCount.ts'
import { checkSpread, evenly, pointSet } from './points.ts'
import { cosine, sine } from './sine.ts'

/** What spirals look like. */
export interface SpiralsOptions<D extends Float = 'float32'> {
  /** Points on every arm, 100 unless given. */
  readonly pointsPerClass?: number
  /** Arms, each a class of its own; 3 unless given. */
  readonly classes?: number
  /** Standard deviation of the angle, in radians; 0.2 unless given. */
  readonly noise?: number
  /** The angle that an arm sweeps from the centre to its end, in radians; 4 unless given. */
  readonly sweep?: number
  readonly dtype?: D
}

/**
 * Interleaved spirals around the origin, within the unit circle, `[N, 2]`, class after class.
 *
 * Point i of n on arm k of K has radius r = i / (n - 1) and angle t = 2 pi k / K + sweep r + noise e, with e standard
 * normal, and lies at (r sin t, r cos t). Bits do not depend on the engine.
 *
 * Source: the spirals of Stanford's CS231n, "Putting it together: Minimal Neural Network Case Study"; there the arms
 * start 4 radians apart, which is even for no number of arms, here they start evenly around the circle.
 *
 * @param key of the draw
 * @throws RangeError if an option is not a count or not a finite number
 * @example
 * const arms = spirals(seed(0), { pointsPerClass: 50 })
 * arms.features.shape // => [150, 2]
 * arms.classes // => 3
 */
export function spirals<D extends Float = 'float32'>(
  key: Key,
  { pointsPerClass = 100, classes = 3, noise = 0.2, sweep = 4, dtype }: SpiralsOptions<D> = {},
): Dataset<D> {
  checkCount('spirals, pointsPerClass', pointsPerClass, 0)
  checkCount('spirals, classes', classes, 1)
  checkSpread('spirals, noise', noise)
  checkSpread('spirals, sweep', sweep)
  const deviations = toArray(randomNormal(fold(key, 'spirals'), [classes * pointsPerClass], 'float64'))
  const points = Array.from(deviations, (deviation, position) => {
    const label = Math.floor(position / pointsPerClass)
    const radius = evenly(0, 1, pointsPerClass, position % pointsPerClass)
    const angle = (2 * Math.PI * label) / classes + sweep * radius + noise * deviation
    return { point: [radius * sine(angle), radius * cosine(angle)], label }
  })
  return pointSet(points, 2, classes, dtype ?? ('float32' as D))
}
