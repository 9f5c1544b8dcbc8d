/** Below this share of the values a smallest change is the grain of a coarser float type, not a kink nearby. */
const grain = 2 ** -20

/**
 * How much the samples of a function are off by rounding, read off their finest differences.
 *
 * Central differences T of a smooth function change by its third derivative times h^2 from level to level, until
 * rounding takes over: |T[k] - T[k-1]| h[k] is then a sample of the noise. The second smallest that is not zero counts,
 * or the largest of the finest few.
 * Two exceptions: a function that is exactly linear over the finest levels has no noise; one that does not change there
 * at all is either flat or rounded to a grain, which its smallest change tells.
 *
 * @param central differences by level, finest last
 * @param phi the samples: at 0, and forwards and backwards by level
 * @param size the magnitude in which the samples were computed
 * @param start the coarsest level to use
 */
export function measuredNoise(
  central: Float64Array,
  phi: Float64Array,
  steps: Float64Array,
  size: number,
  start: number,
): number {
  const levels = steps.length
  const middle = phi[0]!
  let smallest = Infinity
  let second = Infinity
  let still = 0
  let flat = 0
  for (let level = levels - 1; level > start; level--) {
    const change = Math.abs(central[level]! - central[level - 1]!) * steps[level]!
    if (change === 0) {
      if (still === levels - 1 - level) still++
    } else if (change < smallest) {
      second = smallest
      smallest = change
    } else if (change < second) second = change
  }
  while (
    flat < levels - start &&
    phi[2 * (levels - flat) - 1] === middle &&
    phi[2 * (levels - flat)] === middle
  )
    flat++
  if (flat >= 2) return grainOf(phi, size, start, levels - flat)
  if (still >= 6) return 0
  const finest = finestChange(central, steps, start)
  return Math.max(finest, second < Infinity ? second : smallest < Infinity ? smallest : 0)
}

/** The smallest change of a function that does not change at the finest levels, if it is as small as a grain. */
function grainOf(phi: Float64Array, size: number, start: number, levels: number): number {
  const middle = phi[0]!
  let smallest = Infinity
  for (let row = 2 * levels; row > 2 * start; row--) {
    const change = Math.abs(phi[row]! - middle)
    if (change > 0 && change < smallest) smallest = change
  }
  return smallest <= grain * size ? smallest : 0
}

const few = 3

function finestChange(central: Float64Array, steps: Float64Array, start: number): number {
  const levels = steps.length
  let largest = 0
  for (let level = levels - 1; level >= levels - few && level > start; level--)
    largest = Math.max(largest, Math.abs(central[level]! - central[level - 1]!) * steps[level]!)
  return largest
}
