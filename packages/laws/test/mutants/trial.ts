import type { Net } from '@pullback/core'
import * as fc from 'fast-check'
import { catalogue } from './catalogue.ts'
import { drawFor } from './draws.ts'
import { standing, type Standing } from './equivalence.ts'
import { explained, hintIsRight, hold, shortcomings } from './hold.ts'
import { mechanicalMutants } from './mechanical.ts'
import { rightLayers, type RightLayer } from './right/rightLayers.ts'

/** A wrong layer to be tried, from the catalogue or made mechanically. */
export interface Trial {
  readonly name: string
  readonly group: 'catalogue' | 'mechanical'
  /** How a mechanical one stands to the right layer; the catalogue's are wrong. */
  readonly standing: () => Standing
  /** What the kit says: the law that it breaks and what the report gets wrong, or undefined if it gets through. */
  readonly run: (seed: number, runs: number) => Verdict | undefined
}

export interface Verdict {
  readonly law: string
  readonly faults: readonly string[]
  /** Absent where no hint is expected. */
  readonly hint?: { readonly isRight: boolean; readonly text: string }
}

const catalogueTrials: readonly Trial[] = catalogue.map((mutant) => ({
  name: mutant.name,
  group: 'catalogue',
  standing: () => 'wrong',
  run(seed, runs) {
    const found = hold(mutant, { seed, runs })
    if (found === undefined) return undefined
    const caught = explained(found, mutant.rows)
    const { expected } = mutant
    const hint = hintIsRight(caught, expected)
    return {
      law: caught.law,
      faults: shortcomings(caught, expected),
      ...(hint !== undefined && { hint: { isRight: hint, text: caught.violation?.hint ?? 'none' } }),
    }
  },
}))

/** How many points tell whether a mutation makes any difference. */
const draws = 60

function mechanicalTrials({ name, layers, rows }: RightLayer): readonly Trial[] {
  const [first] = layers
  const { params, input, dOutput } = drawFor(first, 0)
  return mechanicalMutants(first, params, input, dOutput).map(({ site, mutation, of }) => {
    const wrong = layers.map(of)
    return {
      name: `${name}: ${site.op} ${site.ordinal}: ${mutation}`,
      group: 'mechanical',
      standing: () => standing(layers, of, draws),
      run(seed, runs) {
        const layer = fc.constantFrom<Net>(...wrong)
        const caught = hold({ layer, ...(rows && { rows }) }, { seed, runs, isShrunk: false })
        return caught && { law: caught.law, faults: [] }
      },
    }
  })
}

/** All wrong layers whose name contains a text. */
export const trials = (group: 'catalogue' | 'mechanical' | 'all', text: string): readonly Trial[] =>
  [
    ...(group === 'mechanical' ? [] : catalogueTrials),
    ...(group === 'catalogue' ? [] : rightLayers.flatMap(mechanicalTrials)),
  ].filter(({ name }) => name.includes(text))
