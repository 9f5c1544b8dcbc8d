import { elementCount, evaluate, leaves, toArray, type AnyTensor, type Net } from '@pullback/core'
import * as fc from 'fast-check'
import type { Configured } from '../arbitrary/configuration.ts'
import { sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import { branchesOf, type Branch } from '../expression/branch.ts'
import { bindingsOf, resultsOf, sampleExpressions } from '../expression/evaluateSample.ts'
import { showExpression } from '../expression/showExpression.ts'

/** Where the operands of a branch can be to each other. */
export type Side = 'below' | 'on' | 'above'

/** A branch of a layer's expressions that some samples should have taken and none did. */
export interface UncoveredBranch {
  readonly part: 'forward' | 'backward'
  /** The branch as it is written: `input > 3`, `maximum(input, 0)`. */
  readonly branch: string
  /** Where no sample was: its left side below, on or above its right. */
  readonly missing: readonly Side[]
}

/** How many samples were looked at, and the branches that none of them took. */
export interface Coverage {
  readonly samples: number
  /** How many branches there are. */
  readonly branches: number
  readonly uncovered: readonly UncoveredBranch[]
}

/** How many samples are looked at, and what they are drawn from. */
export interface CoverageOptions {
  readonly runs?: number
  readonly seed?: number
}

const sides: readonly Side[] = ['below', 'on', 'above']

const sideOf = (gap: number): Side => (gap < 0 ? 'below' : gap > 0 ? 'above' : 'on')

interface Seen {
  readonly part: 'forward' | 'backward'
  readonly branch: string
  readonly sides: Set<Side>
}

/** Branches with names that tell them apart: the second of one text is `... (2)`. */
function named(part: Seen['part'], branches: readonly Branch[]): readonly (readonly [key: string, Branch])[] {
  const counts = new Map<string, number>()
  return branches.map((branch) => {
    const text = showExpression(branch.tensor)
    const count = (counts.get(text) ?? 0) + 1
    counts.set(text, count)
    return [`${part} ${count === 1 ? text : `${text} (${count})`}`, branch]
  })
}

/**
 * Which branches of a layer's forward and backward the samples of its laws do not take: every comparison, `maximum`,
 * `abs`, `floor` and reduction to a largest element, with the sides on which no sample was. An `on` can be out of reach
 * where it takes numbers that are equal by chance; a `below` or `above` that is missing hides mistakes.
 *
 * @param layer a layer, or an arbitrary of layers or configurations
 * @example
 * coverage(relu(), { runs: 100, seed: 1 }).uncovered // => []
 */
export function coverage(
  layer: Net | fc.Arbitrary<Configured>,
  { runs = 100, seed = 0 }: CoverageOptions = {},
): Coverage {
  const all = 'generate' in layer ? layer : fc.constant<Configured>(layer)
  const seen = new Map<string, Seen>()
  for (const sample of fc.sample(sampleArbitrary(all), { numRuns: runs, seed })) {
    const { output, dParams, dInput } = resultsOf(sampleExpressions(sample))
    const forward = branchesOf(output)
    const before = new Set(forward.map(({ tensor }) => tensor))
    const backward = branchesOf({ params: dParams, input: dInput }).filter(
      ({ tensor }) => !before.has(tensor),
    )
    const branches = [...named('forward', forward), ...named('backward', backward)]
    const gaps: Readonly<Record<string, AnyTensor>> = Object.fromEntries(
      branches.map(([, { gap }], index) => [`gap${index}`, gap]),
    )
    const values = leaves(evaluate(gaps, bindingsOf(sample))).map(([, tensor]) => toArray(tensor))
    branches.forEach(([key, { gap }], index) => {
      if (elementCount(gap.shape) === 0) return
      const part = key.startsWith('forward') ? 'forward' : 'backward'
      const known = seen.get(key) ?? { part, branch: key.slice(part.length + 1), sides: new Set<Side>() }
      seen.set(key, known)
      for (const value of values[index] ?? []) known.sides.add(sideOf(value))
    })
  }
  const uncovered = [...seen.values()].flatMap(({ part, branch, sides: reached }) => {
    const missing = sides.filter((side) => !reached.has(side))
    return missing.length === 0 ? [] : [{ part, branch, missing }]
  })
  return { samples: runs, branches: seen.size, uncovered }
}
