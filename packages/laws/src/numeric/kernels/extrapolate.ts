/** What a tableau gives: a value and how far it may be off; Infinity if there were too few samples. */
export interface Estimate {
  value: number
  error: number
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

/** An entry of a finer level may be so many times as far off as it says before it overrules a coarser one. */
const doubt = 3

/** The best entry of every level of a tableau, finest last; an error is Infinity where there is none. */
export interface Levels {
  readonly values: Float64Array
  readonly errors: Float64Array
}

/**
 * A function that finds the best entries of a Richardson tableau,
 * T[k, j] = T[k, j-1] + (T[k, j-1] - T[k-1, j-1]) / divisors[j].
 *
 * An entry's error is the larger difference to its two parents plus the rounding of the noisiest sample under it.
 *
 * @returns given the first column, finest level last, the rounding of each level (both overwritten) and the coarsest
 * level to use, gives the best entries, in arrays that it uses again
 */
export function extrapolation(levels: number, divisors: Float64Array) {
  const values = new Float64Array(levels)
  const errors = new Float64Array(levels)
  const best: Levels = { values, errors }
  return (tableau: Float64Array, rounding: Float64Array, start: number): Levels => {
    errors.fill(Infinity)
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
        if (error < errors[level]!) {
          values[level] = value
          errors[level] = error
        }
      }
    }
    return best
  }
}

/**
 * The entry with the smallest error that no finer level contradicts: one that they do contradict has converged to what
 * the function looks like from further away than a kink nearby.
 */
export function believed({ values, errors }: Levels, found: Estimate): void {
  found.value = 0
  found.error = Infinity
  let low = -Infinity
  let high = Infinity
  for (let level = values.length - 1; level > 0; level--) {
    const value = values[level]!
    const error = errors[level]!
    if (!(error < Infinity) || value - error > high || value + error < low) continue
    if (error < found.error) {
      found.value = value
      found.error = error
    }
    low = Math.max(low, value - doubt * error)
    high = Math.min(high, value + doubt * error)
  }
}
