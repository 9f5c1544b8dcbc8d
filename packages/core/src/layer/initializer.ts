import { full } from '../tensor/construct.ts'
import type { Float } from '../tensor/dtype.ts'
import { mul, sub } from '../tensor/elementwise.ts'
import { randomNormal, randomUniform, type Key } from '../tensor/random.ts'
import { elementCount, type Shape } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'

/** How a parameter begins, as data. */
export type Initializer =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'weightScale'; readonly deviation: number }
  | { readonly kind: 'heNormal' | 'heUniform' | 'xavierNormal' | 'xavierUniform' }

/** Every element is `value`; throws RangeError unless it is finite. */
export function initialConstant(value: number): Initializer {
  if (!Number.isFinite(value)) throw new RangeError(`initialConstant: the value must be finite, not ${value}`)
  return { kind: 'constant', value }
}

/** Every element is 0. */
export const initialZeros = (): Initializer => initialConstant(0)

/** Normal with standard deviation `deviation`: `deviation * normal`, the plain rule of the lecture note; throws RangeError unless it is finite and not negative. */
export function weightScale(deviation: number): Initializer {
  if (!(deviation >= 0 && deviation < Infinity))
    throw new RangeError(`weightScale: the deviation must be a finite number from 0 on, not ${deviation}`)
  return { kind: 'weightScale', deviation }
}

/**
 * Normal with variance 2 / fanIn, which keeps the size of signals through ReLU.
 *
 * Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
 */
export const heNormal = (): Initializer => ({ kind: 'heNormal' })

/** Uniform on +-sqrt(6 / fanIn), of the variance of `heNormal`. */
export const heUniform = (): Initializer => ({ kind: 'heUniform' })

/**
 * Normal with variance 2 / (fanIn + fanOut).
 *
 * Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
 */
export const xavierNormal = (): Initializer => ({ kind: 'xavierNormal' })

/** Uniform on +-sqrt(6 / (fanIn + fanOut)), of the variance of `xavierNormal`. */
export const xavierUniform = (): Initializer => ({ kind: 'xavierUniform' })

/** How many numbers each output of a parameter is computed from, and how many each input goes to: `[.., fanIn, fanOut]`. */
function fans(shape: readonly number[]): { readonly fanIn: number; readonly fanOut: number } {
  const fanOut = shape.at(-1) ?? 1
  return { fanIn: shape.length < 2 ? fanOut : elementCount(shape.slice(0, -1)), fanOut }
}

/** The variance of a random initializer. */
function variance(
  kind: Exclude<Initializer['kind'], 'constant' | 'weightScale'>,
  shape: readonly number[],
): number {
  const { fanIn, fanOut } = fans(shape)
  return kind === 'heNormal' || kind === 'heUniform'
    ? 2 / Math.max(fanIn, 1)
    : 2 / Math.max(fanIn + fanOut, 1)
}

/**
 * The expression of a parameter as it begins.
 *
 * @param initializer how
 * @param key the key of this parameter, derived from a seed and the parameter's path
 * @param shape its sizes, `[.., fanIn, fanOut]`
 */
export function initialValue<D extends Float>(
  initializer: Initializer,
  key: Key,
  shape: readonly number[],
  dtype: D,
): Tensor<Shape, D> {
  switch (initializer.kind) {
    case 'constant':
      return full(shape, initializer.value, dtype)
    case 'weightScale':
      return mul(randomNormal(key, shape, dtype), initializer.deviation)
    case 'heNormal':
    case 'xavierNormal':
      return mul(randomNormal(key, shape, dtype), Math.sqrt(variance(initializer.kind, shape)))
    case 'heUniform':
    case 'xavierUniform':
      return mul(
        sub(mul(randomUniform(key, shape, dtype), 2), 1),
        Math.sqrt(3 * variance(initializer.kind, shape)),
      )
    default:
      throw new TypeError(`there is no initializer '${String((initializer as { kind: unknown }).kind)}'`)
  }
}
