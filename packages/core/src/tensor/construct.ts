import { allocate, isFloat, type Dtype, type TypedArray } from './dtype.ts'
import { checkSizes, elementCount, normalizeAxis, showShape, type Shape } from './shape.ts'
import { isForeignTensor, makeTensor, type AnyTensor, type Tensor } from './tensor.ts'
import { Values } from './values.ts'

/** Numbers nested as deeply as the tensor has dimensions; a bare number is a scalar. */
export type Nested = number | readonly Nested[]

type ShapeOfNested<T> = T extends number
  ? readonly []
  : T extends readonly number[]
    ? readonly [T['length']]
    : T extends readonly (infer Row extends readonly number[])[]
      ? readonly [T['length'], Row['length']]
      : Shape

function nestedSizes(values: Nested): number[] {
  const sizes: number[] = []
  for (
    let level: Nested | undefined = values;
    Array.isArray(level);
    level = (level as readonly Nested[])[0]
  ) {
    sizes.push(level.length)
    checkSizes('tensor', sizes)
  }
  return sizes
}

const entries = (count: number) => (count === 1 ? '1 entry' : `${count} entries`)

function showNested(values: unknown): string {
  if (Array.isArray(values)) return entries(values.length)
  return typeof values === 'number'
    ? 'a number'
    : `${typeof values === 'object' ? 'an' : 'a'} ${typeof values}`
}

/** Hands every number to `write` in row-major order, provided that each row is as long as `sizes` say. */
function flatten(values: Nested, sizes: readonly number[], write: (value: number) => void, axis = 0): void {
  const size = sizes[axis]
  if (size === undefined && typeof values === 'number') return write(values)
  if (size === undefined || !Array.isArray(values) || values.length !== size) {
    const expected = size === undefined ? 'a number' : entries(size)
    throw new TypeError(
      `tensor: rows must be equally long: along axis ${axis} ${expected} expected, but ${showNested(values)} found`,
    )
  }
  for (const value of values as readonly Nested[]) flatten(value, sizes, write, axis + 1)
}

/** Whether an element of `dtype` can hold the value; what is not a number gets here from plain JavaScript. */
const holds = (value: unknown, dtype: Dtype): value is number =>
  typeof value === 'number' && (dtype !== 'int32' || (value | 0) === value)

/** The error for a value that an element of its dtype cannot hold. */
const unheld = (what: string, value: unknown): Error =>
  typeof value === 'number'
    ? new RangeError(`${what} is ${value}, which is not a 32-bit integer`)
    : new TypeError(
        isForeignTensor(value)
          ? `${what} is a tensor of another copy of @pullback/core; have one copy installed, and import it everywhere`
          : `${what} is ${typeof value}, which is not a number`,
      )

const constant = <S extends Shape, D extends Dtype>(data: TypedArray, shape: readonly number[], dtype: D) =>
  makeTensor<S, D>({ op: 'constant', operands: [], values: new Values(data) }, shape, dtype)

/**
 * A constant tensor of nested numbers, copied: `tensor([[1, 2], [3, 4]])` is a `[2, 2]`.
 *
 * @param values numbers nested as deeply as the tensor has dimensions, every row equally long
 * @param dtype `'float32'` unless given
 * @throws TypeError if rows differ in length; RangeError if an int32 cannot hold a value
 * @example
 * toNested(add(tensor([1, 2, 3]), 1)) // => [2, 3, 4]
 */
export function tensor<const T extends Nested>(values: T): Tensor<ShapeOfNested<T>, 'float32'>
export function tensor<const T extends Nested, D extends Dtype>(
  values: T,
  dtype: D,
): Tensor<ShapeOfNested<T>, D>
export function tensor(values: Nested, dtype: Dtype = 'float32'): AnyTensor {
  const sizes = nestedSizes(values)
  const data = allocate(dtype, elementCount(sizes), sizes)
  let position = 0
  flatten(values, sizes, (value) => {
    if (!holds(value, dtype)) throw unheld(`tensor: element ${position}`, value)
    data[position] = value
    position += 1
  })
  return constant(data, sizes, dtype)
}

const isTypedArray = (values: ArrayLike<number>): values is TypedArray =>
  values instanceof Float32Array || values instanceof Float64Array || values instanceof Int32Array

/**
 * A constant tensor of a shape, its elements copied, in row-major order, from a flat list.
 *
 * @param values as many numbers as the shape has elements
 * @param shape the size of every dimension, outermost first
 * @param dtype `'float32'` unless given
 * @throws RangeError if the count of values is not that of the shape, or an int32 cannot hold a value
 * @example
 * toNested(fromValues([1, 2, 3, 4, 5, 6], [2, 3])) // => [[1, 2, 3], [4, 5, 6]]
 */
export function fromValues<const S extends readonly number[]>(
  values: ArrayLike<number>,
  shape: S,
): Tensor<S, 'float32'>
export function fromValues<const S extends readonly number[], D extends Dtype>(
  values: ArrayLike<number>,
  shape: S,
  dtype: D,
): Tensor<S, D>
export function fromValues(
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: Dtype = 'float32',
): AnyTensor {
  checkSizes('fromValues', shape)
  const count = elementCount(shape)
  if (values.length !== count)
    throw new RangeError(
      `fromValues: shape ${showShape(shape)} has ${count} elements, but ${values.length} are given`,
    )
  const data = allocate(dtype, count, shape)
  if (isTypedArray(values) && (isFloat(dtype) || values instanceof Int32Array)) data.set(values)
  else
    for (let position = 0; position < count; position++) {
      const value: unknown = values[position]
      if (!holds(value, dtype)) throw unheld(`fromValues: element ${position}`, value)
      data[position] = value
    }
  return constant(data, shape, dtype)
}

/**
 * A scalar constant, shape `[]`.
 *
 * @throws RangeError if an int32 cannot hold the value
 * @example
 * toNumber(scalar(2.5)) // => 2.5
 */
export function scalar(value: number): Tensor<readonly [], 'float32'>
export function scalar<D extends Dtype>(value: number, dtype: D): Tensor<readonly [], D>
export function scalar(value: number, dtype: Dtype = 'float32'): AnyTensor {
  return single('scalar: the value', value, dtype)
}

/** A scalar constant; `what` names the value if the dtype cannot hold it. */
export function single<D extends Dtype>(what: string, value: number, dtype: D): Tensor<readonly [], D> {
  if (!holds(value, dtype)) throw unheld(what, value)
  const data = allocate(dtype, 1, [])
  data[0] = value
  return constant(data, [], dtype)
}

/**
 * A tensor of one value everywhere.
 *
 * @example
 * toNested(full([2, 2], 7)) // => [[7, 7], [7, 7]]
 */
export function full<const S extends readonly number[]>(shape: S, value: number): Tensor<S, 'float32'>
export function full<const S extends readonly number[], D extends Dtype>(
  shape: S,
  value: number,
  dtype: D,
): Tensor<S, D>
export function full(shape: readonly number[], value: number, dtype: Dtype = 'float32'): AnyTensor {
  const element = single('full: the value', value, dtype)
  checkSizes('full', shape)
  return shape.length === 0 ? element : makeTensor({ op: 'broadcast', operands: [element] }, shape, dtype)
}

/** A tensor of zeros, float32 unless a dtype is given. */
export function zeros<const S extends readonly number[]>(shape: S): Tensor<S, 'float32'>
export function zeros<const S extends readonly number[], D extends Dtype>(shape: S, dtype: D): Tensor<S, D>
export function zeros(shape: readonly number[], dtype: Dtype = 'float32'): AnyTensor {
  return full(shape, 0, dtype)
}

/** A tensor of ones, float32 unless a dtype is given. */
export function ones<const S extends readonly number[]>(shape: S): Tensor<S, 'float32'>
export function ones<const S extends readonly number[], D extends Dtype>(shape: S, dtype: D): Tensor<S, D>
export function ones(shape: readonly number[], dtype: Dtype = 'float32'): AnyTensor {
  return full(shape, 1, dtype)
}

/**
 * A named input: its value is given when the expression is evaluated.
 *
 * @example
 * const x = input('x', [2])
 * toNested(evaluate(mul(x, x), { x: tensor([3, 4]) })) // => [9, 16]
 */
export function input<const S extends readonly number[]>(name: string, shape: S): Tensor<S, 'float32'>
export function input<const S extends readonly number[], D extends Dtype>(
  name: string,
  shape: S,
  dtype: D,
): Tensor<S, D>
export function input(name: string, shape: readonly number[], dtype: Dtype = 'float32'): AnyTensor {
  checkSizes(`input '${name}'`, shape)
  return makeTensor({ op: 'input', operands: [], name }, shape, dtype)
}

/**
 * The positions 0, 1, 2, ... along one axis of a shape.
 *
 * @example
 * toNested(iota([2, 3], 1)) // => [[0, 1, 2], [0, 1, 2]]
 */
export function iota<const S extends readonly number[]>(shape: S, axis?: number): Tensor<S, 'int32'>
export function iota<const S extends readonly number[], D extends Dtype>(
  shape: S,
  axis: number | undefined,
  dtype: D,
): Tensor<S, D>
export function iota(shape: readonly number[], axis = 0, dtype: Dtype = 'int32'): AnyTensor {
  checkSizes('iota', shape)
  const along = normalizeAxis('iota', axis, shape.length)
  return makeTensor({ op: 'iota', operands: [], axis: along }, shape, dtype)
}
