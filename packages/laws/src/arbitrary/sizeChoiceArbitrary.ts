import * as fc from 'fast-check'
import { largestChoice, type SizeChoice } from '../sample/sizes.ts'

/** Choices of sizes, equal ones among them, that shrink to 1. */
export const sizeChoiceArbitrary: fc.Arbitrary<SizeChoice> = fc.record({
  choices: fc.array(fc.nat(largestChoice), { minLength: 6, maxLength: 6, size: 'max' }),
  equal: fc.integer({ min: 0, max: 3 }).map((choice) => choice === 3),
})
