import { scalar } from '@pullback/core'
import type { Schedule } from './schedule.ts'

/**
 * The same value at every step: `s(t) = value`.
 *
 * @example
 * toNumber(constant(0.5)(scalar(7, 'int32'))) // => 0.5
 */
export const constant = (value: number): Schedule => {
  const always = scalar(value, 'float64')
  return () => always
}
