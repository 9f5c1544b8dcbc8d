import * as fc from 'fast-check'

/** What values are drawn from: every seed equally likely, since a small one is no simpler, shrinking towards 0. */
export const seedArbitrary: fc.Arbitrary<number> = fc.noBias(fc.integer({ min: 0, max: 0x7fffffff }))
