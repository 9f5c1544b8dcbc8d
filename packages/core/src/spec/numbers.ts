import type * as t from '#io'
import { codecThat } from './codecThat.ts'

const numberThat = (name: string, holds: (value: number) => boolean): t.Type<number> =>
  codecThat(name, (value): value is number => typeof value === 'number' && holds(value))

/**
 * The codec of sizes.
 *
 * @example
 * positiveInteger.is(50) // => true
 * positiveInteger.is(0.5) // => false
 */
export const positiveInteger = numberThat(
  'a positive integer',
  (value) => Number.isSafeInteger(value) && value > 0,
)

/**
 * The codec of numbers that are neither NaN nor infinite.
 *
 * @example
 * finiteNumber.is(-1.5) // => true
 * finiteNumber.is(NaN) // => false
 */
export const finiteNumber = numberThat('a finite number', Number.isFinite)

/**
 * The codec of finite numbers from 0 on.
 *
 * @example
 * nonNegativeNumber.is(0) // => true
 * nonNegativeNumber.is(-1) // => false
 */
export const nonNegativeNumber = numberThat(
  'a finite number from 0 on',
  (value) => Number.isFinite(value) && value >= 0,
)
