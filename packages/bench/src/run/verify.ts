import { loops } from '../peers/kernels/loops.ts'
import { inFloat64, type Problem } from '../problem/problem.ts'

/** How far a loss may be from the reference, relative to it; serial float32 sums of W^2 are 1e-3 off and more at `wide`. */
export const tolerance = 5e-3

/** The losses of the first steps, in float64: what each contender must give, too. */
export function referenceLosses(problem: Problem, steps: number): readonly number[] {
  const { step, loss } = loops(inFloat64(problem))
  return Array.from({ length: steps }, () => {
    step(1)
    return loss()
  })
}

/** The greatest relative deviation of losses from those of the reference; infinite where one is missing or no number. */
export const deviationOf = (losses: readonly (number | null)[], expected: readonly number[]): number =>
  Math.max(
    ...expected.map((right, i) => {
      const loss = losses[i]
      return typeof loss === 'number' ? Math.abs(loss - right) / Math.abs(right) : Infinity
    }),
  )
