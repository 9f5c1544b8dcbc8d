import { allocate, type Dtype } from './dtype.ts'
import { checkSizes, elementCount, normalizeAxis, showShape, type Shape } from './shape.ts'
import { knownShape, makeTensor, type Tensor } from './tensor.ts'
import { checkedElement, ownValues } from './values.ts'

/** Numbers nested as deeply as the tensor has dimensions; a bare number is a scalar. */
export type Nested = number | readonly Nested[]

type ShapeOfNested<T> = T extends number
  ? readonly []
  : T extends readonly number[]
    ? readonly [T['length']]
    : T extends readonly (infer Row extends readonly number[])[]
      ? readonly [T['length'], Row['length']]
      : Shape

function nestedSizes(what: string, values: Nested): number[] {
  const sizes: number[] = []
  for (let level: Nested | undefined = values; Array.isArray(level); level = (level as readonly Nested[])[0])
    sizes.push(level.length)
  checkSizes(what, sizes)
  return sizes
}

function flatten(values: Nested, sizes: readonly number[], write: (value: number) => void, axis = 0): void {
  if (typeof values === 'number' && axis === sizes.length) return write(values)
  if (typeof values === 'number' || values.length !== sizes[axis]) {
    const found = typeof values === 'number' ? 'a number' : `${values.length} entries`
    throw new TypeError(
      `tensor: rows differ: expected ${sizes[axis] ?? 'a number'} along axis ${axis}, found ${found}`,
    )
  }
  for (const value of values) flatten(value, sizes, write, axis + 1)
}

/**
 * A constant tensor of nested numbers, copied: `tensor([[1, 2], [3, 4]])` is a `[2, 2]`.
 *
 * @param values numbers nested as deeply as the tensor has dimensions, every row equally long
 * @param dtype `'float32'` unless given
 * @throws TypeError if rows differ in length; RangeError if an int32 cannot hold a value
 * @example
 * toNested(add(tensor([1, 2, 3]), 1)) // => [2, 3, 4]
 */
export function tensor<const T extends Nested, D extends Dtype = 'float32'>(
  values: T,
  dtype?: D,
): Tensor<ShapeOfNested<T>, D> {
  const sizes = nestedSizes('tensor', values)
  const kind = (dtype ?? 'float32') as D
  const data = allocate(kind, elementCount(sizes))
  const check = checkedElement('tensor', kind)
  let position = 0
  flatten(values, sizes, (value) => {
    data[position] = check(value, position)
    position += 1
  })
  return makeTensor({ op: 'constant', operands: [], values: ownValues(data) }, sizes, kind)
}

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
export function fromValues<const S extends readonly number[], D extends Dtype = 'float32'>(
  values: ArrayLike<number>,
  shape: S,
  dtype?: D,
): Tensor<S, D> {
  const kind = (dtype ?? 'float32') as D
  checkSizes('fromValues', shape)
  const count = elementCount(shape)
  if (values.length !== count)
    throw new RangeError(
      `fromValues: shape ${showShape(shape)} has ${count} elements, but ${values.length} are given`,
    )
  const data = allocate(kind, count)
  const check = checkedElement('fromValues', kind)
  for (let position = 0; position < count; position++) data[position] = check(values[position] ?? 0, position)
  return makeTensor({ op: 'constant', operands: [], values: ownValues(data) }, shape, kind)
}

/** A scalar constant, shape `[]`. */
export const scalar = <D extends Dtype = 'float32'>(value: number, dtype?: D): Tensor<readonly [], D> =>
  fromValues([value], [], dtype)

/**
 * A tensor of one value everywhere.
 *
 * @example
 * toNested(full([2, 2], 7)) // => [[7, 7], [7, 7]]
 */
export function full<const S extends readonly number[], D extends Dtype = 'float32'>(
  shape: S,
  value: number,
  dtype?: D,
): Tensor<S, D> {
  const single = scalar(value, dtype)
  checkSizes('full', shape)
  return shape.length === 0
    ? knownShape(single)
    : makeTensor({ op: 'broadcast', operands: [single] }, shape, single.dtype)
}

/** A tensor of zeros. */
export const zeros = <const S extends readonly number[], D extends Dtype = 'float32'>(
  shape: S,
  dtype?: D,
): Tensor<S, D> => full(shape, 0, dtype)

/** A tensor of ones. */
export const ones = <const S extends readonly number[], D extends Dtype = 'float32'>(
  shape: S,
  dtype?: D,
): Tensor<S, D> => full(shape, 1, dtype)

/**
 * A named input: its value is given when the expression is evaluated.
 *
 * @example
 * const x = input('x', [2])
 * toNested(evaluate(mul(x, x), { x: tensor([3, 4]) })) // => [9, 16]
 */
export function input<const S extends readonly number[], D extends Dtype = 'float32'>(
  name: string,
  shape: S,
  dtype?: D,
): Tensor<S, D> {
  checkSizes(`input '${name}'`, shape)
  return makeTensor({ op: 'input', operands: [], name }, shape, (dtype ?? 'float32') as D)
}

/**
 * The positions 0, 1, 2, ... along one axis of a shape.
 *
 * @example
 * toNested(iota([2, 3], 1)) // => [[0, 1, 2], [0, 1, 2]]
 */
export function iota<const S extends readonly number[], D extends Dtype = 'int32'>(
  shape: S,
  axis = 0,
  dtype?: D,
): Tensor<S, D> {
  checkSizes('iota', shape)
  const along = normalizeAxis('iota', axis, shape.length)
  return makeTensor({ op: 'iota', operands: [], axis: along }, shape, (dtype ?? 'int32') as D)
}
