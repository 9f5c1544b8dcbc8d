import type { Violation } from '../law/law.ts'
import { report } from '../report/report.ts'

/** The error of a broken law: its message is the report, its cause the violation. */
export const brokenLaw = (violation: Violation): Error => new Error(report(violation), { cause: violation })

/** The violation that an error of a property is about, if it is about one. */
export function violationOf(error: unknown): Violation | undefined {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'law' in cause && 'sample' in cause
    ? (cause as Violation)
    : undefined
}
