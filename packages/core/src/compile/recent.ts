/** The few values that were used last: a cache that cannot grow, for keys that are compared and not hashed. */
export interface Recent<T> {
  /** The value that fits the key, from now on the last to be dropped; nothing is allocated if it was used last. */
  readonly find: <K>(fits: (value: T, key: K) => boolean, key: K) => T | undefined
  /** Keeps a value; the one that has not been used for longest is dropped if there are too many. */
  readonly keep: (value: T) => T
  /** Keeps a value no longer. */
  readonly forget: (value: T) => void
  /** What is kept, the value that was used last first. */
  readonly values: () => readonly T[]
}

/** Room for `limit` values; `onDrop` is told of those there is no room for. */
export function recent<T>(limit: number, onDrop?: (value: T) => void): Recent<T> {
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
      for (const dropped of values.splice(limit)) onDrop?.(dropped)
      return value
    },
    forget(value) {
      const index = values.indexOf(value)
      if (index >= 0) values.splice(index, 1)
    },
    values: () => [...values],
  }
}
