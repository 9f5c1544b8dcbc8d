/**
 * Where the best entry of a tableau is written: its value, its error, the level and the column it stands in, and
 * whether there is any entry (an error that is not Infinity).
 */
export interface Entry {
  value: number
  error: number
  level: number
  column: number
}

/** Of central differences: only even powers of the step are in their error. */
export const evenDivisors = (ratio: number, columns: number): Float64Array =>
  Float64Array.from({ length: columns + 1 }, (_, column) => ratio ** (2 * column) - 1)

/** Of the second difference over the step, which tends to the jump of the derivative: odd powers. */
export const oddDivisors = (ratio: number, columns: number): Float64Array =>
  Float64Array.from({ length: columns + 1 }, (_, column) => ratio ** (2 * column - 1) - 1)

/** Of one-sided differences: all powers. */
export const allDivisors = (ratio: number, columns: number): Float64Array =>
  Float64Array.from({ length: columns + 1 }, (_, column) => ratio ** column - 1)

/**
 * The best entry of a Richardson tableau, T[k, j] = T[k, j-1] + (T[k, j-1] - T[k-1, j-1]) / divisors[j].
 *
 * An entry's error is the larger difference to its two parents plus the rounding of the noisiest sample under it.
 *
 * @param tableau its first column, finest level last; overwritten
 * @param rounding of each level; overwritten
 * @param start the coarsest level to use
 */
export function extrapolate(
  tableau: Float64Array,
  rounding: Float64Array,
  start: number,
  divisors: Float64Array,
  best: Entry,
): void {
  const levels = tableau.length
  best.value = start < levels ? tableau[levels - 1]! : 0
  best.error = Infinity
  best.level = levels - 1
  best.column = 0
  for (let column = 1; column < divisors.length && start + column < levels; column++) {
    const divisor = divisors[column]!
    for (let level = levels - 1; level >= start + column; level--) {
      const fine = tableau[level]!
      const coarse = tableau[level - 1]!
      const value = fine + (fine - coarse) / divisor
      const noise = Math.max(rounding[level]!, rounding[level - 1]!)
      const error = Math.max(Math.abs(value - fine), Math.abs(value - coarse)) + noise
      tableau[level] = value
      rounding[level] = noise
      if (error < best.error) {
        best.value = value
        best.error = error
        best.level = level
        best.column = column
      }
    }
  }
}

/** The entry at one level and column of a tableau; `first` and `rounding` are overwritten up to that level. */
export function entryAt(
  tableau: Float64Array,
  rounding: Float64Array,
  level: number,
  column: number,
  divisors: Float64Array,
  entry: Entry,
): void {
  let error = Infinity
  for (let order = 1; order <= column; order++) {
    const divisor = divisors[order]!
    for (let at = level; at >= level - column + order; at--) {
      const fine = tableau[at]!
      const coarse = tableau[at - 1]!
      const value = fine + (fine - coarse) / divisor
      rounding[at] = Math.max(rounding[at]!, rounding[at - 1]!)
      tableau[at] = value
      if (order === column) error = Math.max(Math.abs(value - fine), Math.abs(value - coarse)) + rounding[at]!
    }
  }
  entry.value = tableau[level]!
  entry.error = error
  entry.level = level
  entry.column = column
}
