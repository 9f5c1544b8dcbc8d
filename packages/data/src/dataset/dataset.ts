import { elementCount, evaluate, expectShape, int32, isFloat, showShape, toArray } from '@pullback/core'
import type { Dim, Float, Shape, Tensor } from '@pullback/core'

/** What a data set consists of. */
export interface DatasetParts<D extends Float = 'float32'> {
  /** One example a row, `[N, ...]`. */
  readonly features: Tensor<Shape, D>
  /** The class of each example, `[N]`, from 0 to `classes` - 1. */
  readonly labels: Tensor<Shape, 'int32'>
  /** The number of classes, of which some may have no example here. */
  readonly classes: number
  /** The name of every class, by class number. */
  readonly classNames?: readonly string[]
  /** The name of every column of `features`, where they are columns of a table. */
  readonly featureNames?: readonly string[]
  /** What a row of `features` is when it is a picture: `[height, width]` or `[channels, height, width]`. */
  readonly imageShape?: readonly number[]
}

/** An immutable data set: features, the class of each example, and what they are called. */
export interface Dataset<D extends Float = 'float32'> extends DatasetParts<D> {
  /** The class of each example, `[N]`, from 0 to `classes` - 1. */
  readonly labels: Tensor<readonly [Dim], 'int32'>
  /** The number of examples. */
  readonly size: number
}

function checkLabels(labels: Tensor<Shape, 'int32'>, classes: number): void {
  for (const [position, label] of toArray(labels).entries())
    if (label < 0 || label >= classes)
      throw new RangeError(`dataset: label ${position} is ${label}, outside the ${classes} classes from 0`)
}

function checkNames(what: string, names: readonly string[] | undefined, count: number): void {
  if (names !== undefined && names.length !== count)
    throw new RangeError(`dataset: ${names.length} ${what} for ${count}`)
}

/** Copies of the lists that cannot be changed. */
const ownLists = ({ classNames, featureNames, imageShape }: DatasetParts<Float>) => ({
  ...(classNames === undefined ? {} : { classNames: Object.freeze([...classNames]) }),
  ...(featureNames === undefined ? {} : { featureNames: Object.freeze([...featureNames]) }),
  ...(imageShape === undefined ? {} : { imageShape: Object.freeze([...imageShape]) }),
})

/**
 * A data set of its parts, checked and copied; features and labels that are expressions are evaluated.
 *
 * @param parts features `[N, ...]`, float; labels `[N]`, int32, from 0 to `classes` - 1; and their names
 * @throws TypeError if a dtype is wrong; RangeError if the counts do not match or a label is outside the classes
 * @example
 * const flowers = dataset({ features: tensor([[1, 2], [3, 4]]), labels: tensor([1, 0], 'int32'), classes: 2 })
 * flowers.size // => 2
 */
export function dataset<D extends Float>(parts: DatasetParts<D>): Dataset<D> {
  const { features, labels } = evaluate({ features: parts.features, labels: parts.labels })
  const [size, ...row] = features.shape
  if (!isFloat(features.dtype) || isFloat(labels.dtype))
    throw new TypeError(
      `dataset: features are float and labels int32, not ${features.dtype} and ${labels.dtype}`,
    )
  if (size === undefined || labels.shape.length !== 1 || labels.shape[0] !== size)
    throw new RangeError(
      `dataset: features [N, ...] and labels [N] have one N, but are ${showShape(features.shape)} and ${showShape(labels.shape)}`,
    )
  if (!Number.isSafeInteger(parts.classes) || parts.classes < 0)
    throw new RangeError(`dataset: ${parts.classes} is not a number of classes`)
  checkLabels(labels, parts.classes)
  checkNames('class names', parts.classNames, parts.classes)
  checkNames('feature names', parts.featureNames, elementCount(row))
  if (parts.imageShape !== undefined && elementCount(parts.imageShape) !== elementCount(row))
    throw new RangeError(
      `dataset: rows ${showShape(row)} are not images of shape ${showShape(parts.imageShape)}`,
    )
  return Object.freeze({
    ...parts,
    ...ownLists(parts),
    features,
    labels: expectShape(labels, int32('N')),
    size,
  })
}
