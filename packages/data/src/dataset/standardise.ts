import { div, elementCount, fromValues, sub, showShape, toArray } from '@pullback/core'
import type { Float, Shape, Tensor } from '@pullback/core'
import { dataset, type Dataset } from './dataset.ts'
import { columnStatistics } from './kernels/columnStatistics.ts'

/** The mean and standard deviation of every feature, of the shape and dtype of one row. */
export interface Standardisation<D extends Float = 'float32'> {
  readonly mean: Tensor<Shape, D>
  /** 1 where a feature is constant, so that dividing by it changes nothing. */
  readonly std: Tensor<Shape, D>
}

/**
 * The mean and the standard deviation of every feature over the examples, summed in float64:
 * mean = 1/N sum x, std = sqrt(1/N sum (x - mean)^2), and 1 where that is 0 in the dtype of the features.
 *
 * @param data with features `[N, ...]`, N at least 1; the training part, so that the test part stays unseen
 * @throws RangeError if there is no example
 * @example
 * const train = dataset({ features: tensor([[1, 7], [3, 7]]), labels: tensor([0, 1], 'int32'), classes: 2 })
 * const { mean, std } = fitStandardisation(train)
 * toNested(mean) // => [2, 7]
 * toNested(std) // => [1, 1]
 */
export function fitStandardisation<D extends Float>({ features, size }: Dataset<D>): Standardisation<D> {
  if (size === 0) throw new RangeError('fitStandardisation: takes at least one example, but is given none')
  const row = features.shape.slice(1)
  const { mean, std } = columnStatistics(toArray(features), elementCount(row))
  const rounded = features.dtype === 'float32' ? Math.fround : (deviation: number) => deviation
  const divisor = std.map((deviation) => (rounded(deviation) === 0 ? 1 : deviation))
  return { mean: fromValues(mean, row, features.dtype), std: fromValues(divisor, row, features.dtype) }
}

/**
 * The set with (x - mean) / std in the place of every feature x.
 *
 * @param data features of the shape that the standardisation was fitted on, any number of examples
 * @param standardisation of the training part, for the training part and all others
 * @throws TypeError if the rows have another shape
 * @example
 * const train = dataset({ features: tensor([[1, 7], [3, 7]]), labels: tensor([0, 1], 'int32'), classes: 2 })
 * toNested(standardise(train, fitStandardisation(train)).features) // => [[-1, 0], [1, 0]]
 */
export function standardise<D extends Float>(
  data: Dataset<D>,
  { mean, std }: Standardisation<NoInfer<D>>,
): Dataset<D> {
  const row = showShape(data.features.shape.slice(1))
  if (row !== showShape(mean.shape))
    throw new TypeError(`standardise: fitted on rows ${showShape(mean.shape)}, but given rows ${row}`)
  return dataset({ ...data, features: div(sub(data.features, mean), std) })
}
