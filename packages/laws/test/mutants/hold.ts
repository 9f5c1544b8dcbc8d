import { isFloat, leaves, toArray, type Net } from '@pullback/core'
import {
  compositionLaw,
  derivativeLaw,
  emptinessLaw,
  explain,
  finitenessLaw,
  gradientLaw,
  interpretersLaw,
  kinkLaw,
  layerLaws,
  linearityLaw,
  purityLaw,
  rowsLaw,
  structureLaw,
  type Configured,
  type LayerLaw,
  type Rows,
  type Violation,
} from '@pullback/laws'
import * as fc from 'fast-check'
import type { Expected } from './mutant.ts'

/** How a wrong layer was caught: by a law that it breaks, with what is said of it. */
export interface Catch {
  readonly law: LayerLaw['name']
  readonly message: string
  /** Absent where the property failed otherwise. */
  readonly violation?: Violation
}

/** A layer as it is held to the laws. */
export interface Held {
  readonly layer: Net | fc.Arbitrary<Configured>
  readonly rows?: Rows
}

const violationOf = (error: unknown): Violation | undefined => {
  const cause = error instanceof Error ? error.cause : undefined
  return typeof cause === 'object' && cause !== null && 'law' in cause ? (cause as Violation) : undefined
}

/** How long a layer is held to the laws. */
export interface Holding {
  readonly seed: number
  readonly runs: number
  /** Whether fast-check looks for a simpler sample; it does unless told. */
  readonly isShrunk?: boolean
}

/** The first law that a wrong layer breaks, or undefined if it gets through. */
export function hold({ layer, rows }: Held, { seed, runs, isShrunk = true }: Holding): Catch | undefined {
  for (const { name, property } of layerLaws(layer, rows === undefined ? {} : { rows })) {
    const { failed, errorInstance } = fc.check(property, { seed, numRuns: runs, endOnFailure: !isShrunk })
    if (failed) {
      const violation = violationOf(errorInstance)
      const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
      return { law: name, message, ...(violation && { violation }) }
    }
  }
  return undefined
}

/** The same catch as it is reported: shrunk, with a hint. */
export function explained(caught: Catch, rows: Rows | undefined): Catch {
  const { violation } = caught
  const law = [
    structureLaw,
    purityLaw,
    linearityLaw,
    gradientLaw,
    kinkLaw,
    finitenessLaw,
    emptinessLaw,
    rowsLaw(rows),
    compositionLaw,
    interpretersLaw,
    derivativeLaw,
  ].find(({ name }) => name === violation?.law)
  return law === undefined || violation === undefined
    ? caught
    : { ...caught, violation: explain(law, violation) }
}

/** How many numbers of the input are neither 0 nor the 1 that most of their tensor are. */
function telling({ sample: { input } }: Violation): number {
  const floats = leaves(input).filter(([, { dtype }]) => isFloat(dtype))
  return floats.reduce((count, [, tensor]) => {
    const values = Array.from(toArray(tensor))
    const differ = (background: number) => values.filter((value) => value !== background).length
    return count + Math.min(differ(0), differ(1))
  }, 0)
}

const located = new Set(['gradient', 'kinks', 'linearity', 'derivative'])

/** What a report gets wrong: the law, the tensor, the entry, the size of the counterexample. */
export function shortcomings({ law, violation }: Catch, { laws, tensor }: Expected): readonly string[] {
  const place = violation?.place
  const entries = violation === undefined ? 0 : telling(violation)
  return [
    ...(laws.some((name) => name === law) ? [] : [`law ${law}`]),
    ...(tensor === undefined || place?.tensor === tensor ? [] : [`tensor ${place?.tensor ?? 'none'}`]),
    ...(located.has(law) && place === undefined ? ['no entry'] : []),
    ...(entries > 4 ? [`${entries} entries of the input`] : []),
  ]
}

/** Whether the hint is the expected one; undefined where none is. */
export const hintIsRight = ({ violation }: Catch, { hint }: Expected): boolean | undefined =>
  hint && hint.test(violation?.hint ?? '')
