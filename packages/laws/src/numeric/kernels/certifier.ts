import type { Ladder } from '../ladder.ts'
import {
  allDivisors,
  believed,
  evenDivisors,
  extrapolation,
  oddDivisors,
  type Estimate,
} from './extrapolate.ts'
import { measuredNoise } from './noise.ts'

/** What is found of one output. */
export interface Derivative {
  value: number
  /** The derivative is within this of the value; of a kink, both one-sided derivatives are. */
  error: number
  /** How far the one-sided derivatives are apart: 0 unless they certainly differ, Infinity if there is one only. */
  gap: number
}

const columns = 6
const roundingOfCentral = 4
const roundingOfOneSided = 8

/** Better than this share of the derivative there is no need to look at the sides one by one. */
const sharp = 1e-6

const nothing = (): Estimate => ({ value: 0, error: Infinity })

const finiteFrom = (phi: Float64Array, levels: number, side: 1 | 2): number => {
  let start = levels
  while (start > 0 && Number.isFinite(phi[2 * (start - 1) + side]!)) start--
  return start
}

function give(found: Derivative, value: number, error: number, gap: number): void {
  found.value = value
  found.error = error
  found.gap = gap
}

const agree = (a: Estimate, b: Estimate): boolean => Math.abs(a.value - b.value) <= 2 * (a.error + b.error)

/**
 * A function that certifies one derivative after the other from its samples.
 *
 * The central estimate is the mean of the one-sided derivatives; half of their difference, the jump, is what either may
 * be off from it, so that a kink too small to be seen is in the error.
 *
 * @returns given the samples at the offsets of the ladder, the magnitudes in which they were computed and the unit
 * roundoff of that computation, writes what it finds into `found`
 */
export function certifier({ ratio, steps }: Ladder) {
  const levels = steps.length
  const extrapolateEven = extrapolation(levels, evenDivisors(ratio, columns))
  const extrapolateOdd = extrapolation(levels, oddDivisors(ratio, columns))
  const extrapolateAll = extrapolation(levels, allDivisors(ratio, columns))
  const tableau = new Float64Array(levels)
  const rounding = new Float64Array(levels)
  const noise = new Float64Array(levels)
  const central = nothing()
  const smooth = nothing()
  const right = nothing()
  const left = nothing()

  const roundingTimes = (factor: number) => {
    for (let level = 0; level < levels; level++) rounding[level] = (factor * noise[level]!) / steps[level]!
  }

  const measure = (phi: Float64Array, magnitudes: Float64Array, unit: number, start: number) => {
    const measured = start < levels ? measuredNoise(tableau, phi, steps, magnitudes[0]!, start) : 0
    for (let level = 0; level < levels; level++) {
      const magnitude = Math.max(magnitudes[0]!, magnitudes[2 * level + 1]!, magnitudes[2 * level + 2]!)
      noise[level] = Math.max(measured, unit * magnitude)
    }
  }

  const bothSides = (phi: Float64Array, start: number) => {
    roundingTimes(roundingOfCentral)
    const means = extrapolateEven(tableau, rounding, start)
    believed(means, central)
    const middle = phi[0]!
    for (let level = start; level < levels; level++)
      tableau[level] = (phi[2 * level + 1]! - middle - (middle - phi[2 * level + 2]!)) / steps[level]!
    roundingTimes(roundingOfOneSided)
    const jumps = extrapolateOdd(tableau, rounding, start)
    for (let level = 0; level < levels; level++)
      means.errors[level] = means.errors[level]! + Math.abs(jumps.values[level]!) + jumps.errors[level]!
    believed(means, smooth)
  }

  const oneSide = (phi: Float64Array, start: number, side: 1 | 2, estimate: Estimate) => {
    const sign = side === 1 ? 1 : -1
    for (let level = start; level < levels; level++)
      tableau[level] = (sign * (phi[2 * level + side]! - phi[0]!)) / steps[level]!
    roundingTimes(roundingOfOneSided)
    believed(extrapolateAll(tableau, rounding, start), estimate)
  }

  const hull = (found: Derivative, gap: number) => {
    const low = Math.min(right.value - right.error, left.value - left.error)
    const high = Math.max(right.value + right.error, left.value + left.error)
    give(found, high - low < Infinity ? (low + high) / 2 : 0, (high - low) / 2, gap)
  }

  const join = (found: Derivative) => {
    if (right.error === Infinity || left.error === Infinity) {
      // On the border of the domain there is one side alone.
      const known = right.error < left.error ? right : left
      if (known.error <= 0.1 * Math.abs(known.value) + 1e-6) give(found, known.value, known.error, Infinity)
      return
    }
    if (!agree(right, left)) return hull(found, Math.abs(right.value - left.value))
    if (!agree(central, right) || !agree(central, left)) {
      hull(found, 0)
      found.error += Math.abs(central.value - found.value) + central.error
      return
    }
    const apart = Math.min(
      Math.abs(right.value - central.value) + right.error,
      Math.abs(left.value - central.value) + left.error,
    )
    if (smooth.error < central.error + apart) give(found, smooth.value, smooth.error, 0)
    else give(found, central.value, central.error + apart, 0)
  }

  return (phi: Float64Array, magnitudes: Float64Array, unit: number, found: Derivative): void => {
    give(found, 0, Infinity, 0)
    if (!Number.isFinite(phi[0]!)) return
    const startRight = finiteFrom(phi, levels, 1)
    const startLeft = finiteFrom(phi, levels, 2)
    const start = Math.max(startRight, startLeft)
    for (let level = start; level < levels; level++)
      tableau[level] = (phi[2 * level + 1]! - phi[2 * level + 2]!) / (2 * steps[level]!)
    measure(phi, magnitudes, unit, start)
    bothSides(phi, start)
    if (
      smooth.error <= sharp * Math.abs(smooth.value) ||
      (smooth.error < Infinity && smooth.error <= 64 * central.error)
    )
      return give(found, smooth.value, smooth.error, 0)
    oneSide(phi, startRight, 1, right)
    oneSide(phi, startLeft, 2, left)
    join(found)
  }
}
