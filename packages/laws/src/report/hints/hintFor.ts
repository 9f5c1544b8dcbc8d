import type { Law, LawName, Violation } from '../../law/law.ts'
import { otherEntry, otherTensor, parameterTransposed, transposed } from './arrangement.ts'
import { otherAxis, summedAxis } from './axis.ts'
import { evidenceFor, type Hint } from './evidence.ts'
import { neutralParameter } from './factor.ts'
import { wrongMask } from './mask.ts'
import { missingPath, missingTerm } from './missingTerm.ts'
import { fewEntries, notFinite } from './numbers.ts'
import { batchSize, constantFactor, factorOfTwo, leftOut, signFlipped } from './ratio.ts'
import { exactPoint, oneHotLabels, oneRow, region } from './region.ts'
import { oneHotCotangents, upstreamIgnored, upstreamSquared } from './upstream.ts'

/** The laws that a wrong gradient breaks. */
const aboutGradients: ReadonlySet<LawName> = new Set([
  'gradient',
  'kinks',
  'derivative',
  'linearity',
  'rows',
  'composition',
])

/** The hints, those that say most first. */
export const hints: readonly Hint[] = [
  exactPoint,
  leftOut,
  signFlipped,
  upstreamIgnored,
  upstreamSquared,
  batchSize,
  factorOfTwo,
  transposed,
  parameterTransposed,
  summedAxis,
  otherAxis,
  otherTensor,
  missingTerm,
  missingPath,
  constantFactor,
  neutralParameter,
  oneHotLabels,
  oneHotCotangents,
  otherEntry,
  wrongMask,
  oneRow,
  fewEntries,
  region,
]

/**
 * What the pattern of an error suggests: a factor of two, a transpose, the upstream gradient ignored; undefined if no
 * pattern is telling.
 *
 * @param law judges the variations that some patterns are found by
 */
export function hintFor(violation: Violation, law: Law): string | undefined {
  if (violation.hint !== undefined) return violation.hint
  const numbers = notFinite(violation)
  if (numbers !== undefined || !aboutGradients.has(violation.law)) return numbers
  const evidence = evidenceFor(violation, law)
  for (const hint of hints) {
    const found = hint(evidence)
    if (found !== undefined) return found
  }
  return undefined
}
