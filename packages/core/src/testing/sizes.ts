import * as fc from 'fast-check'

/** Sizes from 1 on, equal ones among them. */
export const sizeArbitrary = fc.integer({ min: 1, max: 6 })

/** What numbers are drawn from: a seed and a scale, which shrink towards 0 and 1. */
export const drawArbitrary = fc.record({
  from: fc.nat(1_000_000),
  scale: fc.constantFrom(1, 0.25, 4),
})
