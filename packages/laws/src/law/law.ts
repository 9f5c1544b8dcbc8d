import type { Sample } from '../sample/sample.ts'

/** The laws, in the order in which they are run: a law presupposes those before it. */
export const lawNames = [
  'structure',
  'purity',
  'linearity',
  'gradient',
  'kinks',
  'finiteness',
  'emptiness',
  'rows',
  'composition',
  'interpreters',
  'derivative',
] as const

export type LawName = (typeof lawNames)[number]

/** One entry of one tensor: `params.fc1.W[2, 1]`, `input[0, 3]`, `input.logits[0, 3]`, `output[1]`. */
export interface Place {
  readonly tensor: string
  readonly index: readonly number[]
}

/** How a layer breaks a law at a sample. */
export interface Violation {
  readonly law: LawName
  /** What is wrong, in one sentence without the numbers below. */
  readonly sentence: string
  readonly place?: Place
  /** What the layer gives there. */
  readonly analytic?: number
  /** What it should give, and how far from it that may be. */
  readonly expected?: number
  readonly bound?: number
  /** What the pattern of the error suggests. */
  readonly hint?: string
  readonly sample: Sample
}

/** What a law says of a sample; of comparisons that could not be decided, how many there were of how many. */
export type Outcome =
  | { readonly verdict: 'holds' }
  | { readonly verdict: 'unresolved'; readonly unresolved: number; readonly compared: number }
  | { readonly verdict: 'violated'; readonly violation: Violation }

/** A law: a name and what it says of a sample. */
export interface Law {
  readonly name: LawName
  readonly check: (sample: Sample) => Outcome
}
