import { scalar, tensor } from './construct.ts'
import type { Dtype, Float } from './dtype.ts'
import { checkSizes, type Shape } from './shape.ts'
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

/** FNV-1a over the UTF-16 code units, two bytes each. */
function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let position = 0; position < name.length; position++) {
    const unit = name.charCodeAt(position)
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193)
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193)
  }
  return hash | 0
}

/**
 * A key derived from a key: by the name of a layer or purpose, by a number such as the step, or by a
 * tensor that holds one. Different data give unrelated keys.
 *
 * @param data a string, an integer of 32 bits, or an int32 scalar tensor
 * @example
 * const key = fold(seed(0), 'dropout')
 * equal(key, fold(seed(0), 'dropout')).shape // => [2]
 */
export function fold(key: Key, data: string | number | Tensor<Shape, 'int32'>): Key {
  const word = isTensor(data) ? data : scalar(typeof data === 'string' ? hashName(data) : data | 0, 'int32')
  return makeTensor({ op: 'random', operands: [key, word], distribution: 'bits' }, [2], 'int32')
}

const drawStream = 0x64726177

function draw<D extends Dtype>(
  key: Key,
  shape: readonly number[],
  distribution: 'bits' | 'uniform' | 'normal',
  dtype: D,
): Tensor<Shape, D> {
  checkSizes('random', shape)
  return makeTensor(
    { op: 'random', operands: [key, scalar(drawStream, 'int32')], distribution },
    shape,
    dtype,
  )
}

/** Random 32-bit integers, every value equally likely; the last size of the shape must be even. */
export function randomBits(key: Key, shape: readonly number[]): Tensor<Shape, 'int32'> {
  if ((shape.at(-1) ?? 1) % 2 !== 0)
    throw new RangeError(
      `randomBits: the last size must be even, since words come in pairs; it is ${shape.at(-1)}`,
    )
  return draw(key, shape, 'bits', 'int32')
}

/**
 * Random numbers spread evenly from 0 (included) to 1 (excluded); float32 ones are float64 ones truncated.
 *
 * @param key of the draw; one key gives the same numbers every time
 * @example
 * randomUniform(seed(0), [2, 3]).shape // => [2, 3]
 */
export const randomUniform = <D extends Float = 'float32'>(key: Key, shape: readonly number[], dtype?: D) =>
  draw(key, shape, 'uniform', (dtype ?? 'float32') as D)

/**
 * Random numbers of the standard normal distribution; float32 ones are float64 ones rounded.
 *
 * @param key of the draw; one key gives the same numbers every time
 * @example
 * randomNormal(seed(0), [2, 3]).shape // => [2, 3]
 */
export const randomNormal = <D extends Float = 'float32'>(key: Key, shape: readonly number[], dtype?: D) =>
  draw(key, shape, 'normal', (dtype ?? 'float32') as D)
