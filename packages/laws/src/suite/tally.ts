import type { LawName, Outcome } from '../law/law.ts'

/** What part of all comparisons may stay undecided. */
const allowed = 0.05

/** What float32 cannot tell apart says nothing of a layer that float64 decides on. */
const isJudged = (law: LawName): boolean => law !== 'interpreters'

/** How much of what the laws compared was decided. */
export interface Tally {
  readonly count: (law: LawName, outcome: Outcome) => void
  /** The share undecided by law, in the order in which they were first counted. */
  readonly shares: () => readonly {
    readonly law: LawName
    readonly samples: number
    readonly share: number
  }[]
  /** The share undecided of one law, or of all. */
  readonly share: (law?: LawName) => number
  /** Throws if more of a law in float64 is undecided than chance explains where a twentieth may be. */
  readonly check: () => void
}

/** A tally that counts as properties run: the one thing in the laws that changes, kept by one suite. */
export function tallyOf(): Tally {
  const counts = new Map<LawName, { samples: number; unresolved: number }>()
  const shares = () =>
    [...counts].map(([law, { samples, unresolved }]) => ({ law, samples, share: unresolved / samples }))
  return {
    count(law, outcome) {
      const count = counts.get(law) ?? { samples: 0, unresolved: 0 }
      count.samples += 1
      if (outcome.verdict === 'unresolved') count.unresolved += outcome.unresolved / outcome.compared
      counts.set(law, count)
    },
    shares,
    share(law) {
      const counted = law === undefined ? [...counts.values()] : [counts.get(law)]
      const samples = counted.reduce((total, count) => total + (count?.samples ?? 0), 0)
      return counted.reduce((total, count) => total + (count?.unresolved ?? 0), 0) / Math.max(samples, 1)
    },
    check() {
      for (const { law, samples, share } of shares()) {
        const expected = allowed * samples
        if (isJudged(law) && share * samples > expected + 2 * Math.sqrt(expected) + 1)
          throw new Error(
            `resolution: ${law} could not decide ${(100 * share).toFixed(1)} % of what it compared in ${samples} samples; give configurations or an input that the layer is meant for, or leave the law out by name`,
          )
      }
    },
  }
}
