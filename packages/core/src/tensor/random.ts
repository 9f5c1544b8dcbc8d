import { scalar, single, tensor } from './construct.ts'
import type { Dtype, Float } from './dtype.ts'
import { checkSizes, equalShapes, showShape, type Shape } from './shape.ts'
import { isTensor, makeTensor, type Tensor } from './tensor.ts'

/**
 * Where random numbers come from: two 32-bit words. A number drawn is a function of the key and its position alone,
 * never of what was drawn before. Keys are derived from keys by `fold`.
 */
export type Key = Tensor<Shape, 'int32'>

/**
 * The key of a seed.
 *
 * @param value an integer of at most 53 bits
 * @throws RangeError if it is not one
 * @example
 * toNested(seed(7)) // => [7, 0]
 */
export function seed(value: number): Key {
  if (!Number.isSafeInteger(value))
    throw new RangeError(`seed: ${value} is not an integer of at most 53 bits`)
  return tensor([value | 0, Math.floor(value / 2 ** 32) | 0], 'int32')
}

/**
 * Two hashes of a name over its UTF-16 code units, FNV-1a and the mixing step of MurmurHash3: of ten thousand names two
 * share one of 32 bits once in a hundred times, both never.
 */
function hashName(name: string): readonly [number, number] {
  let first = 0x811c9dc5
  let second = 0x2545f491
  for (let position = 0; position < name.length; position++) {
    const unit = name.charCodeAt(position)
    first = Math.imul(first ^ (unit & 0xff), 0x01000193)
    first = Math.imul(first ^ (unit >>> 8), 0x01000193)
    second = Math.imul(second ^ unit, 0xcc9e2d51)
    second = Math.imul((second << 15) | (second >>> 17), 0x1b873593)
  }
  return [first | 0, second | 0]
}

const foldWord = (key: Key, word: Tensor<Shape, 'int32'>): Key =>
  makeTensor({ op: 'random', operands: [key, word], distribution: 'bits' }, [2], 'int32')

/**
 * A key derived from a key: by the name of a layer or purpose, by a number such as the step, or by a
 * tensor that holds one. Different data give unrelated keys.
 *
 * @param data a string, an integer of 32 bits, or an int32 scalar tensor
 * @throws RangeError if a number is no such integer; TypeError if a tensor is no such scalar, or the key is none
 * @example
 * const key = fold(seed(0), 'dropout')
 * toNested(equal(key, fold(seed(0), 'dropout'))) // => [1, 1]
 */
export function fold(key: Key, data: string | number | Tensor<Shape, 'int32'>): Key {
  checkKey('fold', key)
  if (typeof data === 'string')
    return hashName(data).reduce((folded, word) => foldWord(folded, scalar(word, 'int32')), key)
  if (typeof data === 'number') return foldWord(key, single('fold: the number', data, 'int32'))
  if (data.shape.length > 0 || (data.dtype as Dtype) !== 'int32')
    throw new TypeError(`fold: takes an int32 scalar, not ${data.dtype} ${showShape(data.shape)}`)
  return foldWord(key, data)
}

function checkKey(what: string, key: Key): void {
  if (!isTensor(key))
    throw new TypeError(
      `${what}: a key is int32 [2], as seed(0) gives, not ${typeof key === 'number' ? `the number ${String(key)}` : typeof key}`,
    )
  if (!equalShapes(key.shape, [2]) || (key.dtype as Dtype) !== 'int32')
    throw new TypeError(
      `${what}: a key is int32 [2], as seed gives, not ${key.dtype} ${showShape(key.shape)}`,
    )
}

const drawStream = 0x64726177

function draw<D extends Dtype>(
  what: string,
  key: Key,
  shape: readonly number[],
  distribution: 'bits' | 'uniform' | 'normal',
  dtype: D,
): Tensor<Shape, D> {
  checkKey(what, key)
  checkSizes(what, shape)
  return makeTensor(
    { op: 'random', operands: [key, scalar(drawStream, 'int32')], distribution },
    shape,
    dtype,
  )
}

/**
 * Random 32-bit integers, every value equally likely.
 *
 * @param key of the draw; one key gives the same numbers every time
 * @param shape whose last size is even, since words come in pairs
 * @throws RangeError if it is not; TypeError if the key is none
 * @example
 * randomBits(seed(0), [3, 2]).shape // => [3, 2]
 */
export function randomBits(key: Key, shape: readonly number[]): Tensor<Shape, 'int32'> {
  const last = shape.at(-1)
  if (last === undefined || last % 2 !== 0)
    throw new RangeError(
      `randomBits: the last size of ${showShape(shape)} must be even, since words come in pairs`,
    )
  return draw('randomBits', key, shape, 'bits', 'int32')
}

/**
 * Random numbers spread evenly from 0 (included) to 1 (excluded); float32 ones are float64 ones truncated.
 *
 * @param key of the draw; one key gives the same numbers every time
 * @example
 * randomUniform(seed(0), [2, 3]).shape // => [2, 3]
 */
export function randomUniform(key: Key, shape: readonly number[]): Tensor<Shape, 'float32'>
export function randomUniform<D extends Float>(key: Key, shape: readonly number[], dtype: D): Tensor<Shape, D>
export function randomUniform(key: Key, shape: readonly number[], dtype: Float = 'float32'): Tensor {
  return draw('randomUniform', key, shape, 'uniform', dtype)
}

/**
 * Random numbers of the standard normal distribution; float32 ones are float64 ones rounded.
 *
 * @param key of the draw; one key gives the same numbers every time
 * @example
 * randomNormal(seed(0), [2, 3]).shape // => [2, 3]
 */
export function randomNormal(key: Key, shape: readonly number[]): Tensor<Shape, 'float32'>
export function randomNormal<D extends Float>(key: Key, shape: readonly number[], dtype: D): Tensor<Shape, D>
export function randomNormal(key: Key, shape: readonly number[], dtype: Float = 'float32'): Tensor {
  return draw('randomNormal', key, shape, 'normal', dtype)
}
