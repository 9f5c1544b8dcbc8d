import * as fc from 'fast-check'
import type { Size } from './sizes.ts'

/** Small sizes, one of anything among them. */
export const anySize: fc.Arbitrary<Size> = fc.record({
  name: fc.constant('small'),
  N: fc.integer({ min: 1, max: 9 }),
  D: fc.integer({ min: 1, max: 9 }),
  H: fc.integer({ min: 1, max: 9 }),
  C: fc.integer({ min: 1, max: 5 }),
})
