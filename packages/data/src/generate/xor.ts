import { fold, randomNormal, randomUniform, toArray, type Float, type Key } from '@pullback/core'
import type { Dataset } from '../dataset/dataset.ts'
import { checkCount } from '../options/checkCount.ts'
import { checkSpread, pointSet } from './points.ts'

/** What the exclusive-or set looks like. */
export interface XorOptions<D extends Float = 'float32'> {
  /** Points in all four quadrants together, 200 unless given. */
  readonly points?: number
  /** Standard deviation of both coordinates, added after the class is decided; 0 unless given. */
  readonly noise?: number
  readonly dtype?: D
}

/**
 * Points spread evenly over the square from -1 to 1, `[N, 2]`, the four quadrants in turn: class 1 where exactly one of
 * the coordinates is negative, class 0 elsewhere. No straight line divides them. Bits do not depend on the engine.
 *
 * @param key of the draw
 * @throws RangeError if an option is not a count or not a finite number
 * @example
 * toNested(xor(seed(0), { points: 4 }).labels) // => [0, 1, 1, 0]
 */
export function xor<D extends Float = 'float32'>(
  key: Key,
  { points = 200, noise = 0, dtype }: XorOptions<D> = {},
): Dataset<D> {
  checkCount('xor, points', points, 0)
  checkSpread('xor, noise', noise)
  const places = toArray(randomUniform(fold(key, 'xor'), [points, 2], 'float64'))
  const deviations = toArray(randomNormal(fold(key, 'xor noise'), [points, 2], 'float64'))
  const labelled = Array.from({ length: points }, (_, position) => {
    const left = position % 2
    const below = Math.floor(position / 2) % 2
    const coordinate = (axis: number, negative: number): number => {
      // 1 - u lies in (0, 1]: no point is on an axis, where its class would be open.
      const distance = 1 - (places[2 * position + axis] ?? 0)
      return (negative === 1 ? -distance : distance) + noise * (deviations[2 * position + axis] ?? 0)
    }
    return { point: [coordinate(0, left), coordinate(1, below)], label: left ^ below }
  })
  return pointSet(labelled, 2, 2, dtype ?? ('float32' as D))
}
