import type { Backend, Op } from '@pullback/core'
import type * as fc from 'fast-check'

/** The laws of backends that are about whole programs and their runs, beside one for every primitive. */
export const programLawNames = [
  'programs',
  'training',
  'large',
  'again',
  'apart',
  'shared',
  'snapshots',
  'refusals',
  'memory',
  'deterministic',
] as const

export type BackendLawName = Op | (typeof programLawNames)[number]

/** How much of what was compared rounding leaves open. */
export interface Open {
  samples: number
  elements: number
  undecided: number
}

/** What the laws of a backend share. */
export interface Setting {
  readonly backend: Backend
  /** How many units in the last place its functions may be off. */
  readonly ulps: number
  /** Lets the backend settle: workers load programs, what is collected is freed. */
  readonly settle: () => Promise<void>
}

/** A law of backends as a property of fast-check, which is asynchronous: `await fc.assert(property)`. */
export interface BackendLaw {
  readonly name: BackendLawName
  readonly property: fc.IAsyncProperty<[unknown]>
  /** What share of the compared elements rounding could put anywhere. */
  readonly undecided: () => number
}
