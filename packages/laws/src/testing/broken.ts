import type { Net } from '@pullback/core'
import * as fc from 'fast-check'
import { extremeSampleArbitrary, sampleArbitrary } from '../arbitrary/sampleArbitrary.ts'
import type { Configured } from '../arbitrary/configuration.ts'
import type { Law, Violation } from '../law/law.ts'

/** The first violation of a law by a layer in some samples of a seed, if there is one. */
export function brokenBy(law: Law, layer: Net, runs = 60, seed = 1): Violation | undefined {
  const samples = law.name === 'finiteness' ? extremeSampleArbitrary : sampleArbitrary
  for (const sample of fc.sample(samples(fc.constant<Configured>(layer)), { numRuns: runs, seed })) {
    const outcome = law.check(sample)
    if (outcome.verdict === 'violated') return outcome.violation
  }
  return undefined
}

/** The same layer with another backward, past the checks of `layer`. */
export const withBackward = (layer: Net, backward: Net['backward']): Net => ({ ...layer, backward })
