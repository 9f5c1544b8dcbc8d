import * as fc from 'fast-check'
import type { Sample } from '../sample/sample.ts'

/**
 * The sample, shown by fast-check as this text: what a layer is made of are functions, and a failed property would print
 * them.
 */
export const legible = (sample: Sample, text: () => string): Sample =>
  // Not enumerable, so that a copy with another point is not shown as this one.
  Object.defineProperty({ ...sample }, fc.toStringMethod, { value: text })
