import type { Law, Violation } from '../law/law.ts'
import { hintFor } from './hints/hintFor.ts'
import { shrinkViolation, type ShrinkOptions } from './shrink.ts'

/**
 * A violation as it is to be reported: at as few entries as show it, with a hint. The hint is looked for before
 * shrinking, as at a few zeros and ones most patterns look alike.
 *
 * @param law asked several hundred times
 */
export function explain(law: Law, violation: Violation, options?: ShrinkOptions): Violation {
  const hint = hintFor(violation, law)
  const { hint: _, ...shrunk } = shrinkViolation(law, violation, options)
  return hint === undefined ? shrunk : { ...shrunk, hint }
}
