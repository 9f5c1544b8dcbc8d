import { layerLaws, type LayerLaw, type Violation } from '@pullback/laws'
import * as fc from 'fast-check'
import type { Expected, Mutant } from './mutant.ts'

/** How a mutant was caught: by a law that it breaks, with what is said of it. */
export interface Catch {
  readonly law: LayerLaw['name']
  readonly message: string
  /** Absent where the property failed otherwise. */
  readonly violation?: Violation
}

const catchOf = (law: LayerLaw['name'], error: unknown): Catch => {
  const cause = error instanceof Error ? error.cause : undefined
  return {
    law,
    message: error instanceof Error ? error.message : String(error),
    ...(typeof cause === 'object' && cause !== null && 'law' in cause && { violation: cause as Violation }),
  }
}

/** The first law that a wrong layer breaks in `runs` samples of a seed, or undefined if it gets through. */
export function hold(
  { layer, rows }: Pick<Mutant, 'layer' | 'rows'>,
  seed: number,
  runs: number,
): Catch | undefined {
  for (const { name, property } of layerLaws(layer, rows === undefined ? {} : { rows })) {
    const { failed, errorInstance } = fc.check(property, { seed, numRuns: runs })
    if (failed) return catchOf(name, errorInstance)
  }
  return undefined
}

/** What a report gets wrong: the law, the tensor, the entry, the hint. */
export function shortcomings(caught: Catch, { laws, tensor, hint }: Expected): readonly string[] {
  const { law, violation } = caught
  const place = violation?.place
  return [
    ...(laws.some((name) => name === law) ? [] : [`law ${law}`]),
    ...(tensor === undefined || place?.tensor === tensor ? [] : [`tensor ${place?.tensor ?? 'none'}`]),
    ...(hint === undefined || hint.test(violation?.hint ?? '') ? [] : [`hint ${violation?.hint ?? 'none'}`]),
  ]
}
