import type { TypedArray } from './dtype.ts'

const raw: unique symbol = Symbol('values')

/**
 * The elements of a constant: an immutable box around a typed array that nobody outside is handed.
 * `copyTo` is how a backend reads it, at the speed of one block copy.
 */
export interface Values {
  readonly length: number
  /** The element at a row-major position; throws RangeError outside the tensor. */
  readonly at: (position: number) => number
  /** Copies all elements into `target` from `offset` on, converting to its element type. */
  readonly copyTo: (target: TypedArray, offset?: number) => void
  readonly [raw]: TypedArray
}

class OwnValues implements Values {
  readonly length: number
  readonly [raw]: TypedArray

  constructor(array: TypedArray) {
    this.length = array.length
    this[raw] = array
    Object.freeze(this)
  }

  at(position: number): number {
    const value = this[raw][position]
    if (value === undefined)
      throw new RangeError(`position ${position} is outside a tensor of ${this.length} elements`)
    return value
  }

  copyTo(target: TypedArray, offset = 0): void {
    if (offset + this.length > target.length)
      throw new RangeError(
        `${this.length} elements from position ${offset} on do not fit into an array of ${target.length}`,
      )
    target.set(this[raw], offset)
  }
}

/** Boxes `array` without copying it: the caller gives it away and never writes to it again. */
export const ownValues = (array: TypedArray): Values => new OwnValues(array)

/** The array inside, for the interpreter of this package, which only reads it. */
export const peek = (values: Values): TypedArray => values[raw]
