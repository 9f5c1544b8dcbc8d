import type { TypedArray } from './dtype.ts'

const copy: unique symbol = Symbol('values')

/** A copy of the elements as a property, for what compares or shows constants by their properties. */
const copyOnRead: PropertyDescriptor & ThisType<Values> = {
  enumerable: true,
  get() {
    return peek(this).slice()
  },
}

/** The array inside, for the interpreter of this package, which only reads it. */
export let peek: (values: Values) => TypedArray

/**
 * The elements of a constant: an immutable box around a typed array that nobody outside is handed.
 * `copyTo` is how a backend reads it, at the speed of one block copy.
 */
export class Values {
  static {
    peek = (values) => values.#array
  }

  readonly length: number
  readonly #array: TypedArray

  /** Boxes `array` without copying it: the caller gives it away and never writes to it again. */
  constructor(array: TypedArray) {
    this.length = array.length
    this.#array = array
    Object.defineProperty(this, copy, copyOnRead)
    Object.freeze(this)
  }

  /** The element at a row-major position; throws RangeError outside the tensor. */
  at(position: number): number {
    const value = this.#array[position]
    if (value === undefined)
      throw new RangeError(`position ${position} is outside a tensor of ${this.length} elements`)
    return value
  }

  /** Copies all elements into `target` from `offset` on, converting to its element type. */
  copyTo(target: TypedArray, offset = 0): void {
    if (offset + this.length > target.length)
      throw new RangeError(
        `${this.length} elements from position ${offset} on do not fit into an array of ${target.length}`,
      )
    // Not the target's own `set`, which could be anything that keeps the array.
    Float32Array.prototype.set.call(target, this.#array, offset)
  }
}
