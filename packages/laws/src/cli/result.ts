import type { LayerLaw } from '../suite/layerLaws.ts'
import type { Violation } from '../law/law.ts'

/** Why a law does not hold, and how to see it again. */
export interface Failure {
  readonly sentence: string
  /** Shrunk and with a hint; nothing if the law did not get as far as a verdict. */
  readonly violation?: Violation
  readonly seed: number
  readonly path: string
  readonly token: string
}

/** What came of one law for one layer. */
export interface Result {
  readonly layer: string
  readonly law: LayerLaw['name']
  readonly runs: number
  /** The part of what was compared that could not be decided. */
  readonly undecided: number
  readonly seconds: number
  readonly failure?: Failure
}

/** What came of all of them. */
export interface Results {
  readonly seed: number
  readonly results: readonly Result[]
}
