import type { Dtype, TypedArray } from './dtype.ts'

const raw: unique symbol = Symbol('values')

/**
 * The elements of a constant: an immutable box around a typed array that nobody outside can reach.
 * `copyTo` is how a backend reads it, at the speed of one block copy.
 */
export interface Values {
  readonly length: number
  /** The element at a row-major position. */
  readonly at: (position: number) => number
  /** Copies all elements into `target` from `offset` on, converting to its element type. */
  readonly copyTo: (target: TypedArray, offset?: number) => void
  readonly [raw]: TypedArray
}

/** Boxes `array` without copying it: the caller gives it away and never writes to it again. */
export const ownValues = (array: TypedArray): Values =>
  Object.freeze({
    length: array.length,
    at: (position: number) => {
      const value = array[position]
      if (value === undefined)
        throw new RangeError(`position ${position} is outside a tensor of ${array.length} elements`)
      return value
    },
    copyTo: (target: TypedArray, offset = 0) => target.set(array, offset),
    [raw]: array,
  })

/** The array inside, for the interpreter of this package, which only reads it. */
export const peek = (values: Values): TypedArray => values[raw]

/** A function that writes `value` as an element of `dtype`, or throws when an int32 cannot hold it. */
export function checkedElement(what: string, dtype: Dtype): (value: number, position: number) => number {
  if (dtype !== 'int32') return (value) => value
  return (value, position) => {
    if ((value | 0) !== value)
      throw new RangeError(`${what}: element ${position} is ${value}, which is not a 32-bit integer`)
    return value
  }
}
