import { fromValues, gather, slice, type Float } from '@pullback/core'
import { dataset, type Dataset } from './dataset.ts'

/**
 * The examples at these positions, in this order; a position named twice gives its example twice.
 *
 * @param indices integers from 0 to `size` - 1
 * @throws RangeError if one is outside
 * @example
 * const points = dataset({ features: tensor([[1], [2], [3]]), labels: tensor([0, 1, 0], 'int32'), classes: 2 })
 * toNested(subset(points, [2, 0]).features) // => [[3], [1]]
 */
export function subset<D extends Float>(data: Dataset<D>, indices: ArrayLike<number>): Dataset<D> {
  const positions = fromValues(indices, [indices.length], 'int32')
  return dataset({
    ...data,
    features: gather(data.features, positions),
    labels: gather(data.labels, positions),
  })
}

/**
 * The first examples, or `count` of them from a position on; fewer where the set ends.
 *
 * @param count how many, an integer from 0
 * @param from the position of the first, 0 unless given
 * @throws RangeError if one of them is negative or not an integer
 * @example
 * const points = dataset({ features: tensor([[1], [2], [3]]), labels: tensor([0, 1, 0], 'int32'), classes: 2 })
 * toNested(take(points, 2).features) // => [[1], [2]]
 * toNested(take(points, 5, 1).labels) // => [1, 0]
 */
export function take<D extends Float>(data: Dataset<D>, count: number, from = 0): Dataset<D> {
  for (const number of [count, from])
    if (!Number.isSafeInteger(number) || number < 0)
      throw new RangeError(`take: ${number} is not a count or position`)
  const range = [from, from + count] as const
  return dataset({ ...data, features: slice(data.features, range), labels: slice(data.labels, range) })
}
