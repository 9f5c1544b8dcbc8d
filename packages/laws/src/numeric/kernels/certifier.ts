import type { Ladder } from '../ladder.ts'
import { allDivisors, entryAt, evenDivisors, extrapolate, oddDivisors, type Entry } from './extrapolate.ts'
import { measuredNoise } from './noise.ts'

/** What is found of one output. */
export interface Derivative {
  value: number
  /** The derivative is within this of the value; of a kink, both one-sided derivatives are. */
  error: number
  /** How far the one-sided derivatives are apart, 0 unless they certainly differ. */
  gap: number
}

const columns = 6
const roundingOfCentral = 4
const roundingOfOneSided = 8

const none = (): Entry => ({ value: 0, error: Infinity, level: 0, column: 0 })

const finiteFrom = (phi: Float64Array, levels: number, side: 1 | 2): number => {
  let start = levels
  while (start > 0 && Number.isFinite(phi[2 * (start - 1) + side]!)) start--
  return start
}

function take(found: Derivative, entry: Entry): void {
  found.value = entry.value
  found.error = entry.error
  found.gap = 0
}

const agree = (a: Entry, b: Entry): boolean => Math.abs(a.value - b.value) <= 2 * (a.error + b.error)

/**
 * A function that certifies one derivative after the other from its samples.
 *
 * @returns given the samples at the offsets of the ladder and the magnitude in which each was computed, and the unit
 * roundoff of that computation, writes what it finds into `found`
 */
export function certifier({ ratio, steps }: Ladder) {
  const levels = steps.length
  const even = evenDivisors(ratio, columns)
  const odd = oddDivisors(ratio, columns)
  const all = allDivisors(ratio, columns)
  const tableau = new Float64Array(levels)
  const rounding = new Float64Array(levels)
  const levelNoise = new Float64Array(levels)
  const central = none()
  const jump = none()
  const right = none()
  const left = none()

  const roundingTimes = (factor: number) => {
    for (let level = 0; level < levels; level++)
      rounding[level] = (factor * levelNoise[level]!) / steps[level]!
  }

  const oneSided = (phi: Float64Array, start: number, side: 1 | 2, entry: Entry) => {
    const sign = side === 1 ? 1 : -1
    for (let level = start; level < levels; level++)
      tableau[level] = (sign * (phi[2 * level + side]! - phi[0]!)) / steps[level]!
    roundingTimes(roundingOfOneSided)
    extrapolate(tableau, rounding, start, all, entry)
  }

  /** Whether both sides meet without a kink, at the scale at which the central estimate was found. */
  const isSmooth = (phi: Float64Array): boolean => {
    if (central.error === Infinity) return false
    for (let level = central.level - central.column; level <= central.level; level++)
      tableau[level] = (phi[2 * level + 1]! - phi[0]! - (phi[0]! - phi[2 * level + 2]!)) / steps[level]!
    roundingTimes(roundingOfOneSided)
    entryAt(tableau, rounding, central.level, central.column, odd, jump)
    return (
      Math.abs(jump.value) <= 2 * jump.error &&
      jump.error <= Math.max(1e-3 * Math.abs(central.value), 1e3 * central.error)
    )
  }

  const hull = (found: Derivative, gap: number) => {
    const lower = Math.min(right.value - right.error, left.value - left.error)
    const upper = Math.max(right.value + right.error, left.value + left.error)
    found.value = upper - lower < Infinity ? (lower + upper) / 2 : 0
    found.error = (upper - lower) / 2
    found.gap = gap
  }

  const join = (found: Derivative) => {
    if (right.error === Infinity || left.error === Infinity) {
      // On the border of the domain there is one side alone; nothing at all is known without either.
      const known = right.error < left.error ? right : left
      if (known.error <= 0.1 * Math.abs(known.value) + 1e-6) {
        take(found, known)
        found.gap = Infinity
      }
      return
    }
    const apart = Math.abs(right.value - left.value)
    if (!agree(right, left)) return hull(found, apart)
    const best = right.error < left.error ? right : left
    if (agree(central, right) && agree(central, left))
      return take(found, central.error < best.error ? central : best)
    if (Math.max(right.error, left.error) <= 1e-3 * Math.abs(best.value)) return take(found, best)
    hull(found, 0)
  }

  return (phi: Float64Array, magnitudes: Float64Array, unit: number, found: Derivative): void => {
    found.value = 0
    found.error = Infinity
    found.gap = 0
    if (!Number.isFinite(phi[0]!)) return
    const startRight = finiteFrom(phi, levels, 1)
    const startLeft = finiteFrom(phi, levels, 2)
    const start = Math.max(startRight, startLeft)
    for (let level = start; level < levels; level++)
      tableau[level] = (phi[2 * level + 1]! - phi[2 * level + 2]!) / (2 * steps[level]!)
    const measured = start < levels ? measuredNoise(tableau, phi, steps, start) : 0
    for (let level = 0; level < levels; level++) {
      const magnitude = Math.max(magnitudes[0]!, magnitudes[2 * level + 1]!, magnitudes[2 * level + 2]!)
      levelNoise[level] = Math.max(measured, unit * magnitude)
    }
    roundingTimes(roundingOfCentral)
    extrapolate(tableau, rounding, start, even, central)
    if (isSmooth(phi)) return take(found, central)
    oneSided(phi, startRight, 1, right)
    oneSided(phi, startLeft, 2, left)
    join(found)
  }
}
