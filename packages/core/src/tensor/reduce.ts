import { isFloat, type Dtype, type Float } from './dtype.ts'
import { div } from './elementwise.ts'
import { reshape } from './movement.ts'
import { normalizeAxes, normalizeAxis, showShape, type Shape } from './shape.ts'
import { knownShape, makeTensor, type Tensor } from './tensor.ts'

/** Which axes a reduction runs over, and whether they stay as axes of size 1. */
export interface ReductionOptions {
  /** One axis or several, negative from the end; all of them if left out. */
  readonly axes?: number | readonly number[]
  /** Keep each reduced axis with size 1, so that the result broadcasts against the operand. */
  readonly keepDims?: boolean
}

/** A reduction of a tensor over some of its axes, or to a scalar over all of them. */
export interface ReductionOperator<Element extends Dtype = Dtype> {
  <D extends Element>(x: Tensor<Shape, D>): Tensor<readonly [], D>
  <D extends Element>(x: Tensor<Shape, D>, options: ReductionOptions): Tensor<Shape, D>
}

const reduction =
  (op: 'sum' | 'max' | 'min'): ReductionOperator =>
  <S extends Shape, D extends Dtype>(x: Tensor<Shape, D>, options: ReductionOptions = {}): Tensor<S, D> => {
    const axes = normalizeAxes(op, options.axes, x.shape.length)
    const reduced = new Set(axes)
    if (op !== 'sum' && axes.some((axis) => x.shape[axis] === 0))
      throw new TypeError(`${op}: ${showShape(x.shape)} has nothing to reduce along an axis of size 0`)
    const dropped = x.shape.filter((_, axis) => !reduced.has(axis))
    const result: Tensor<Shape, D> =
      axes.length === 0 ? x : makeTensor({ op, operands: [x], axes }, dropped, x.dtype)
    if (options.keepDims !== true) return knownShape(result)
    const kept = x.shape.map((size, axis) => (reduced.has(axis) ? 1 : size))
    return knownShape(reshape(result, kept))
  }

/**
 * The sum over some axes, all of them unless said otherwise; 0 where there is nothing to add.
 *
 * @example
 * toNested(sum(tensor([[1, 2], [3, 4]]), { axes: 0 })) // => [4, 6]
 */
export const sum: ReductionOperator = reduction('sum')

/** The largest element over some axes; NaN if one is. Throws TypeError over an axis of size 0. */
export const max: ReductionOperator = reduction('max')

/** The smallest element over some axes; NaN if one is. Throws TypeError over an axis of size 0. */
export const min: ReductionOperator = reduction('min')

/**
 * The mean over some axes, sum / count; NaN where there is nothing to average.
 *
 * @example
 * toNumber(mean(tensor([1, 2, 6]))) // => 3
 */
export const mean: ReductionOperator<Float> = <S extends Shape, D extends Float>(
  x: Tensor<Shape, D>,
  options: ReductionOptions = {},
): Tensor<S, D> => {
  if (!isFloat(x.dtype)) throw new TypeError('mean: takes float32 or float64, not int32; convert with cast')
  const axes = normalizeAxes('mean', options.axes, x.shape.length)
  const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1)
  return knownShape(div(sum(x, options), count))
}

/**
 * The position of the largest element along one axis, the first of several; a NaN counts as largest.
 *
 * @throws TypeError if that axis has size 0
 * @example
 * toNested(argmax(tensor([[1, 3, 2], [9, 0, 9]]))) // => [1, 0]
 */
export function argmax(x: Tensor<Shape, Dtype>, axis = -1): Tensor<Shape, 'int32'> {
  const along = normalizeAxis('argmax', axis, x.shape.length)
  if (x.shape[along] === 0)
    throw new TypeError(`argmax: ${showShape(x.shape)} has no element along axis ${along}`)
  return makeTensor(
    { op: 'argmax', operands: [x], axis: along },
    x.shape.filter((_, position) => position !== along),
    'int32',
  )
}
