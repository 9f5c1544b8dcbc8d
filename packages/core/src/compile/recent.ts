/** The few values that were used last: a cache that cannot grow, for keys that are compared and not hashed. */
export interface Recent<T> {
  /** The value that fits the key, from now on the last to be dropped; nothing is allocated if it was used last. */
  readonly find: <K>(fits: (value: T, key: K) => boolean, key: K) => T | undefined
  /** Keeps a value; the one that has not been used for longest is dropped if there are too many. */
  readonly keep: (value: T) => T
}

/** Room for `limit` values. */
export function recent<T>(limit: number): Recent<T> {
  const values: T[] = []
  return {
    find(fits, key) {
      for (let index = 0; index < values.length; index++) {
        const value = values[index]
        if (value === undefined || !fits(value, key)) continue
        if (index > 0) values.unshift(...values.splice(index, 1))
        return value
      }
      return undefined
    },
    keep(value) {
      values.unshift(value)
      values.length = Math.min(values.length, limit)
      return value
    },
  }
}
