import { fold, randomNormal, toArray, type Float, type Key } from '@pullback/core'
import type { Dataset } from '../dataset/dataset.ts'
import { checkCount } from '../options/checkCount.ts'
import { checkSpread, evenly, pointSet } from './points.ts'
import { cosine, sine } from './sine.ts'

/** What moons look like. */
export interface MoonsOptions<D extends Float = 'float32'> {
  /** Points on each of the two moons, 100 unless given. */
  readonly pointsPerClass?: number
  /** Standard deviation of both coordinates around the half circle; 0.1 unless given. */
  readonly noise?: number
  readonly dtype?: D
}

/**
 * Two interleaving half circles of radius 1, `[N, 2]`: class 0 at (cos t, sin t) and class 1 at
 * (1 - cos t, 1/2 - sin t), t evenly from 0 to pi, plus normal noise. Bits do not depend on the engine.
 *
 * Source: `make_moons` of scikit-learn.
 *
 * @param key of the draw
 * @throws RangeError if an option is not a count or not a finite number
 * @example
 * toNested(moons(seed(0), { pointsPerClass: 1, noise: 0 }).features) // => [[1, 0], [0, 0.5]]
 */
export function moons<D extends Float = 'float32'>(
  key: Key,
  { pointsPerClass = 100, noise = 0.1, dtype }: MoonsOptions<D> = {},
): Dataset<D> {
  checkCount('moons, pointsPerClass', pointsPerClass, 0)
  checkSpread('moons, noise', noise)
  const deviations = toArray(randomNormal(fold(key, 'moons'), [2 * pointsPerClass, 2], 'float64'))
  const points = Array.from({ length: 2 * pointsPerClass }, (_, position) => {
    const label = position < pointsPerClass ? 0 : 1
    const angle = evenly(0, Math.PI, pointsPerClass, position % pointsPerClass)
    const [x, y] =
      label === 0
        ? ([cosine(angle), sine(angle)] as const)
        : ([1 - cosine(angle), 0.5 - sine(angle)] as const)
    const [dx = 0, dy = 0] = deviations.subarray(2 * position)
    return { point: [x + noise * dx, y + noise * dy], label }
  })
  return pointSet(points, 2, 2, dtype ?? ('float32' as D))
}
