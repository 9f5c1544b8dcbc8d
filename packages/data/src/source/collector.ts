type Elements = Uint8Array | Int32Array | Float32Array | Float64Array

/** A list of numbers under construction, in one typed array that grows as they arrive. */
export interface Collector<T extends Elements> {
  readonly length: () => number
  readonly push: (value: number) => void
  readonly append: (values: T) => void
  /** The numbers so far; gives the array away if it is full, so nothing may be added afterwards. */
  readonly finish: () => T
}

/**
 * A collector that starts small and doubles, whatever a header announces: memory follows the data that exist.
 *
 * @param allocate makes an array of zeros of a length
 * @param limit a length that is never exceeded, so that a list of known length ends in an array of exactly that length
 */
export function collector<T extends Elements>(
  allocate: (length: number) => T,
  limit = Number.MAX_SAFE_INTEGER,
): Collector<T> {
  let array = allocate(Math.min(1024, limit))
  let length = 0
  const reserve = (needed: number): void => {
    if (needed <= array.length) return
    const larger = allocate(Math.min(limit, Math.max(needed, 2 * array.length)))
    larger.set(array)
    array = larger
  }
  return {
    length: () => length,
    push: (value) => {
      reserve(length + 1)
      array[length++] = value
    },
    append: (values) => {
      reserve(length + values.length)
      array.set(values, length)
      length += values.length
    },
    finish: () => (length === array.length ? array : (array.slice(0, length) as T)),
  }
}
