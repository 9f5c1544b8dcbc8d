import { backendOf, type BackendChoice } from '@pullback/core'
import { backendAgreement } from './backendAgreement.ts'
import { interpretersLaw } from './interpreters.ts'
import type { Law } from './law.ts'

/** To compile a layer takes many times as long as to evaluate it: one sample of so many is compiled. */
const every = 12

/**
 * The interpreters agree, and so does a backend: for a share of the samples, the seed says which, it computes forward and
 * backward in either float type, which is what the reference gives within what rounding can do.
 *
 * With the reference alone there, or chosen, nothing is compiled.
 */
export const interpretersLawBy = (choice: BackendChoice): Law => ({
  name: 'interpreters',
  check(sample) {
    const outcome = interpretersLaw.check(sample)
    const backend = backendOf(choice)
    if (outcome.verdict === 'violated' || backend.name === 'reference' || sample.seed % every !== 0)
      return outcome
    const compiled = backendAgreement(sample, backend)
    return compiled.verdict === 'violated' ? compiled : outcome
  },
})
