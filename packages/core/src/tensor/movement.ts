import type { Dtype } from './dtype.ts'
import { checkSizes, elementCount, equalShapes, normalizeAxis, showShape, type Shape } from './shape.ts'
import { knownShape, makeTensor, type AnyTensor, type Tensor } from './tensor.ts'

/**
 * The same elements, in row-major order, in another shape; one size may be -1 and is worked out.
 *
 * @throws TypeError if the element counts differ
 * @example
 * reshape(tensor([[1, 2, 3], [4, 5, 6]]), [3, -1]).shape // => [3, 2]
 */
export function reshape<const S extends readonly number[], D extends Dtype>(
  x: Tensor<Shape, D>,
  shape: S,
): Tensor<-1 extends S[number] ? Shape : S, D> {
  const count = elementCount(x.shape)
  const known = elementCount(shape.filter((size) => size !== -1))
  const open = shape.filter((size) => size === -1).length
  if (open > 1) throw new TypeError(`reshape: only one size may be -1, but ${showShape(shape)} has ${open}`)
  if (open === 0 ? known !== count : known === 0 || count % known !== 0)
    throw new TypeError(
      `reshape: ${showShape(x.shape)} has ${count} elements, which do not fill ${showShape(shape)}`,
    )
  const sizes = shape.map((size) => (size === -1 ? count / known : size))
  checkSizes('reshape', sizes)
  return equalShapes(x.shape, sizes)
    ? knownShape(x)
    : makeTensor({ op: 'reshape', operands: [x] }, sizes, x.dtype)
}

/**
 * The axes in another order; reversed if no order is given.
 *
 * @throws RangeError if `order` does not name every axis once
 * @example
 * toNested(transpose(tensor([[1, 2], [3, 4]]))) // => [[1, 3], [2, 4]]
 */
export function transpose<D extends Dtype>(x: Tensor<Shape, D>, order?: readonly number[]): Tensor<Shape, D> {
  const rank = x.shape.length
  const permutation = (order ?? x.shape.map((_, axis) => rank - 1 - axis)).map((axis) =>
    normalizeAxis('transpose', axis, rank),
  )
  if (permutation.length !== rank || new Set(permutation).size !== rank)
    throw new RangeError(`transpose: ${showShape(order ?? [])} does not name each of the ${rank} axes once`)
  const sizes = permutation.map((axis) => x.shape[axis] ?? 1)
  if (permutation.every((axis, position) => axis === position)) return x
  return makeTensor(
    { op: 'transpose', operands: [x], permutation: Object.freeze(permutation) },
    sizes,
    x.dtype,
  )
}

/**
 * The tensor repeated along new leading axes and along axes of size 1, as NumPy broadcasts.
 *
 * @throws TypeError if the shape does not broadcast to `shape`
 * @example
 * toNested(broadcastTo(tensor([1, 2]), [2, 2])) // => [[1, 2], [1, 2]]
 */
export function broadcastTo<const S extends readonly number[], D extends Dtype>(
  x: Tensor<Shape, D>,
  shape: S,
): Tensor<S, D> {
  if (equalShapes(x.shape, shape)) return knownShape(x)
  checkSizes('broadcastTo', shape)
  const lead = shape.length - x.shape.length
  if (lead < 0 || x.shape.some((size, axis) => size !== 1 && size !== shape[lead + axis]))
    throw new TypeError(`broadcastTo: ${showShape(x.shape)} does not broadcast to ${showShape(shape)}`)
  return makeTensor({ op: 'broadcast', operands: [x] }, shape, x.dtype)
}

const clampIndex = (index: number, size: number): number =>
  Math.min(Math.max(index < 0 ? index + size : index, 0), size)

/**
 * A part of the tensor: along each axis from `start` to before `stop` by `step`; axes not named are kept whole.
 *
 * @param ranges for each axis `[start, stop]` or `[start, stop, step]`; negative positions count from the end
 * @throws RangeError if there are more ranges than axes or a step is not a positive integer
 * @example
 * toNested(slice(tensor([0, 1, 2, 3, 4]), [1, -1])) // => [1, 2, 3]
 */
export function slice<D extends Dtype>(
  x: Tensor<Shape, D>,
  ...ranges: readonly (readonly [start: number, stop: number, step?: number])[]
): Tensor<Shape, D> {
  if (ranges.length > x.shape.length)
    throw new RangeError(
      `slice: a tensor of rank ${x.shape.length} takes at most as many ranges, not ${ranges.length}`,
    )
  const wrong = ranges.flat().find((bound) => !Number.isInteger(bound))
  if (wrong !== undefined) throw new RangeError(`slice: ${wrong} is not an integer`)
  const step = x.shape.map((_, axis) => ranges[axis]?.[2] ?? 1)
  if (step.some((size) => size < 1))
    throw new RangeError(`slice: every step must be at least 1, not ${showShape(step)}`)
  const start = x.shape.map((size, axis) => clampIndex(ranges[axis]?.[0] ?? 0, size))
  const stop = x.shape.map((size, axis) => clampIndex(ranges[axis]?.[1] ?? size, size))
  const sizes = x.shape.map((_, axis) =>
    Math.max(0, Math.ceil(((stop[axis] ?? 0) - (start[axis] ?? 0)) / (step[axis] ?? 1))),
  )
  if (equalShapes(sizes, x.shape)) return x
  for (const bounds of [start, stop, step]) Object.freeze(bounds)
  return makeTensor({ op: 'slice', operands: [x], start, stop, step }, sizes, x.dtype)
}

/**
 * Tensors joined along one axis, all other sizes being equal.
 *
 * @throws TypeError if there is none, or their dtypes or other sizes differ
 * @example
 * toNested(concatenate([tensor([1]), tensor([2, 3])])) // => [1, 2, 3]
 */
export function concatenate<D extends Dtype>(
  tensors: readonly Tensor<Shape, D>[],
  axis = 0,
): Tensor<Shape, D> {
  const [first, ...rest] = tensors
  if (first === undefined) throw new TypeError('concatenate: takes at least one tensor')
  const along = normalizeAxis('concatenate', axis, first.shape.length)
  const others = (x: AnyTensor) => x.shape.map((size, position) => (position === along ? 0 : size))
  for (const x of rest) {
    if (!equalShapes(others(x), others(first)))
      throw new TypeError(
        `concatenate: ${showShape(first.shape)} and ${showShape(x.shape)} differ in more than axis ${along}`,
      )
    if (x.dtype !== first.dtype)
      throw new TypeError(
        `concatenate: ${first.dtype} and ${x.dtype} do not mix; convert one of them with cast`,
      )
  }
  if (rest.length === 0) return first
  const total = tensors.reduce((sum, x) => sum + (x.shape[along] ?? 0), 0)
  const sizes = first.shape.map((size, position) => (position === along ? total : size))
  checkSizes('concatenate', sizes)
  return makeTensor({ op: 'concat', operands: [first, ...rest], axis: along }, sizes, first.dtype)
}
