import { isFloat, type Dtype } from './dtype.ts'
import { checkSizes, equalShapes, normalizeAxis, showShape, type Shape } from './shape.ts'
import { makeTensor, type AnyTensor, type Tensor } from './tensor.ts'

function checkIndices(what: string, indices: Tensor<Shape, Dtype>): void {
  if (isFloat(indices.dtype)) throw new TypeError(`${what}: indices must be int32, not ${indices.dtype}`)
}

/**
 * The slices of `x` along one axis that `indices` name; the axis is replaced by the axes of `indices`.
 *
 * @param indices int32, each from 0 to the size of the axis; one outside throws RangeError when evaluated
 * @example
 * toNested(gather(tensor([10, 20, 30]), tensor([2, 0], 'int32'))) // => [30, 10]
 */
export function gather<D extends Dtype>(
  x: Tensor<Shape, D>,
  indices: Tensor<Shape, 'int32'>,
  axis = 0,
): Tensor<Shape, D> {
  checkIndices('gather', indices)
  const along = normalizeAxis('gather', axis, x.shape.length)
  const sizes = [...x.shape.slice(0, along), ...indices.shape, ...x.shape.slice(along + 1)]
  checkSizes('gather', sizes)
  return makeTensor({ op: 'gather', operands: [x, indices], axis: along }, sizes, x.dtype)
}

/**
 * Zeros of size `size` along one axis with the slices of `x` added where `indices` say: the transpose of `gather`.
 *
 * @param indices int32 of rank 1, as many as `x` has along the axis; one outside throws RangeError when evaluated
 * @throws TypeError if `indices` is not of that shape
 * @example
 * toNested(scatterAdd(tensor([1, 2, 3]), tensor([1, 1, 0], 'int32'), 3)) // => [3, 3, 0]
 */
export function scatterAdd<D extends Dtype>(
  x: Tensor<Shape, D>,
  indices: Tensor<Shape, 'int32'>,
  size: number,
  axis = 0,
): Tensor<Shape, D> {
  checkIndices('scatterAdd', indices)
  const along = normalizeAxis('scatterAdd', axis, x.shape.length)
  if (!equalShapes(indices.shape, [x.shape[along] ?? 0]))
    throw new TypeError(
      `scatterAdd: ${showShape(x.shape)} along axis ${along} takes indices [${x.shape[along]}], not ${showShape(indices.shape)}`,
    )
  const sizes = x.shape.map((old, position) => (position === along ? size : old))
  checkSizes('scatterAdd', sizes)
  return makeTensor({ op: 'scatterAdd', operands: [x, indices], axis: along }, sizes, x.dtype)
}

/**
 * A last axis of `depth` zeros with a 1 at the position that each element names.
 *
 * @param indices int32 of any shape, each from 0 to `depth` (excluded); one outside throws RangeError when evaluated
 * @param dtype `'float32'` unless given
 * @example
 * toNested(oneHot(tensor([1, 0], 'int32'), 3)) // => [[0, 1, 0], [1, 0, 0]]
 */
export function oneHot(indices: Tensor<Shape, 'int32'>, depth: number): Tensor<Shape, 'float32'>
export function oneHot<D extends Dtype>(
  indices: Tensor<Shape, 'int32'>,
  depth: number,
  dtype: D,
): Tensor<Shape, D>
export function oneHot(indices: Tensor<Shape, 'int32'>, depth: number, dtype: Dtype = 'float32'): AnyTensor {
  checkIndices('oneHot', indices)
  const sizes = [...indices.shape, depth]
  checkSizes('oneHot', sizes)
  return makeTensor({ op: 'oneHot', operands: [indices] }, sizes, dtype)
}
