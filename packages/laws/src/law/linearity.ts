import { elementCount, fromValues, leaves, toArray, type Tree } from '@pullback/core'
import { backwardAt } from '../expression/backwardAlone.ts'
import type { Bounded } from '../expression/bounded.ts'
import { drawCotangent, cotangents } from '../sample/cotangent.ts'
import { randomFrom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'
import { agreement, arraysOf, type Comparison } from './agreement.ts'
import type { Law, Outcome } from './law.ts'
import { firstOf, holds, violated } from './outcomes.ts'
import { placeOf } from './place.ts'

/** Multiples of a power of two small enough that sums of two are exact: what is not linear is then not rounding. */
function onGrid(values: ArrayLike<number>): Float64Array {
  const largest = Array.from(values, Math.abs).reduce((most, value) => Math.max(most, value), 0)
  if (!(largest > 0)) return new Float64Array(values.length)
  const quantum = 2 ** (Math.ceil(Math.log2(largest)) - 30)
  return Float64Array.from(values, (value) => Math.round(value / quantum) * quantum)
}

const largestOf = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)

/** B(w) beside the sum of c_i B(w_i), within what rounding does to the whole and to the parts. */
function comparisons(
  whole: Bounded,
  parts: readonly (readonly [factor: number, Bounded])[],
): readonly Comparison[] {
  const values = parts.map(([, part]) => arraysOf(part.values))
  const errors = parts.map(([, part]) => arraysOf(part.errors))
  const own = arraysOf(whole.errors)
  return leaves(whole.values).map(([path, tensor]) => {
    const left = toArray(tensor)
    const right = new Float64Array(left.length)
    // Numbers scaled down to where there is no room for digits are rounded by more than their parts.
    const bound = Float64Array.from(left, (_, position) => own.get(path)?.[position] ?? 0)
    parts.forEach(([factor], index) => {
      const value = values[index]?.get(path) ?? []
      const error = errors[index]?.get(path) ?? []
      for (let position = 0; position < right.length; position++) {
        const term = factor * (value[position] ?? NaN)
        right[position] = (right[position] ?? 0) + term
        // Adding up here rounds as well.
        bound[position] =
          (bound[position] ?? 0) +
          2 * Math.abs(factor) * (error[position] ?? 0) +
          parts.length * 2 ** -53 * Math.abs(term) +
          Number.MIN_VALUE
      }
    })
    return { path, shape: tensor.shape, left, right, bound }
  })
}

/** B(0) = 0 to the bit; where the gradient itself is not finite there is nothing to say. */
function zeroGivesZero(sample: Sample, zero: Tree, gradient: Tree): Outcome {
  const others = arraysOf(gradient)
  for (const [path, tensor] of leaves(zero)) {
    const other = others.get(path) ?? []
    for (const [position, value] of toArray(tensor).entries())
      if (value !== 0 && Number.isFinite(other[position] ?? 0))
        return violated('linearity', sample, 'a zero gradient by the output does not give zero', {
          place: placeOf('', path, tensor.shape, position),
          analytic: value,
          expected: 0,
          bound: 0,
        })
  }
  return holds
}

const factors = [-1, -(2 ** 20), 2 ** 20, -(2 ** -30), 2 ** -30]

const basisLimit = 6

/**
 * Backward is linear in the gradient by the output, B for short, in any one cache:
 *
 *     B(0) = 0,  B(c w) = c B(w),  B(v + w) = B(v) + B(w),  B(w) = sum_i w_i B(e_i)
 *
 * within what rounding does to each, computed from the magnitudes at hand.
 */
export const linearityLaw: Law = {
  name: 'linearity',
  check(sample) {
    const { dOutput, seed } = sample
    const count = elementCount(dOutput.shape)
    if (count === 0) return holds
    const backward = backwardAt(sample)
    const like = (values: Float64Array) => fromValues(values, [...dOutput.shape], dOutput.dtype)
    const random = randomFrom(seed, 'linearity')
    const w = onGrid(toArray(dOutput))
    const other = drawCotangent(cotangents[random.below(6)] ?? 'normal', count, random)
    const scale = 2 ** Math.round(Math.log2(Math.max(largestOf(w), 2 ** -100)))
    const v = other.map((value) => Math.round(value * 2 ** 28) * 2 ** -28 * scale)
    const drawn = factors[random.below(factors.length)] ?? -1
    // A gradient by the output that has no room for its digits once it is scaled down is another one.
    const factor = w.every((value) => (value * drawn) / drawn === value) ? drawn : -1
    const gradient = backward.bounded(like(w))
    const oneHot = (_: number, index: number) => {
      const one = new Float64Array(count)
      one[index] = 1
      return [w[index] ?? 0, backward.bounded(like(one))] as const
    }
    return firstOf([
      () => zeroGivesZero(sample, backward.values(like(new Float64Array(count))), gradient.values),
      () =>
        agreement(
          'linearity',
          sample,
          `backward of ${factor} times the gradient by the output is not ${factor} times as large`,
          comparisons(backward.bounded(like(w.map((value) => value * factor))), [[factor, gradient]]),
        ),
      () =>
        agreement(
          'linearity',
          sample,
          'backward of a sum of two gradients by the output is not the sum of both backwards',
          comparisons(backward.bounded(like(w.map((value, index) => value + (v[index] ?? 0)))), [
            [1, gradient],
            [1, backward.bounded(like(v))],
          ]),
        ),
      () =>
        count > basisLimit || seed % 4 !== 0
          ? holds
          : agreement(
              'linearity',
              sample,
              'backward is not the sum of what it gives for each element of the output',
              comparisons(gradient, Array.from(w, oneHot)),
            ),
    ])
  },
}
