import { elementCount } from '@pullback/core'
import type { Place } from '../law/law.ts'
import type { Point } from './point.ts'

/** The index of a row-major position. */
export function indexIn(position: number, shape: readonly number[]): readonly number[] {
  let rest = position
  return shape
    .toReversed()
    .map((size) => {
      const index = rest % size
      rest = Math.floor(rest / size)
      return index
    })
    .toReversed()
}

/** The place of an entry counted through all leaves. */
export function placeOf({ variables }: Pick<Point, 'variables'>, entry: number): Place {
  let before = 0
  for (const { name, shape } of variables) {
    const count = elementCount(shape)
    if (entry < before + count) return { tensor: name, index: indexIn(entry - before, shape) }
    before += count
  }
  throw new RangeError(`there is no entry ${entry} of ${before}`)
}

/** `params.W[2, 1]`; a scalar has no brackets. */
export const showPlace = ({ tensor, index }: Place): string =>
  index.length === 0 ? tensor : `${tensor}[${index.join(', ')}]`
