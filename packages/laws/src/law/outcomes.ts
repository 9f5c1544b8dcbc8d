import type { Sample } from '../sample/sample.ts'
import type { LawName, Outcome, Violation } from './law.ts'

export const holds: Outcome = { verdict: 'holds' }

/** The outcome of a law that is broken; what says nothing is left out. */
export const violated = (
  law: LawName,
  sample: Sample,
  sentence: string,
  more: Partial<Pick<Violation, 'place' | 'analytic' | 'expected' | 'bound'>> = {},
): Outcome => ({ verdict: 'violated', violation: { law, sentence, sample, ...more } })

/** The first outcome that is not `holds`, computing no more of them than it takes. */
export function firstOf(checks: readonly (() => Outcome)[]): Outcome {
  let unresolved: Outcome = holds
  for (const check of checks) {
    const outcome = check()
    if (outcome.verdict === 'violated') return outcome
    if (outcome.verdict === 'unresolved') unresolved = outcome
  }
  return unresolved
}
