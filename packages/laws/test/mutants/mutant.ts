import type { Net } from '@pullback/core'
import type { Configured, LawName, Rows } from '@pullback/laws'
import type * as fc from 'fast-check'

/** What a report should say of a wrong layer. */
export interface Expected {
  /** The laws that it may be said to break. */
  readonly laws: readonly LawName[]
  /** Where it is wrong: `params.W`, `input`, `input.logits`. */
  readonly tensor?: string
  /** What the pattern of the error suggests, if it is telling. */
  readonly hint?: RegExp
}

/** A wrong layer, as a colleague would hand it in. */
export interface Mutant {
  readonly name: string
  readonly layer: Net | fc.Arbitrary<Configured>
  readonly rows?: Rows
  readonly expected: Expected
}

/** A wrong gradient by this tensor, found by comparing derivatives. */
export const wrongGradient = (tensor: string, hint?: RegExp): Expected => ({
  laws: ['gradient'],
  tensor,
  ...(hint && { hint }),
})
