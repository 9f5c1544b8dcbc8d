import { seed, type Key } from '@pullback/core'
import type * as fc from 'fast-check'
import { seedArbitrary } from './seedArbitrary.ts'

/** Keys of random numbers. */
export const keyArbitrary: fc.Arbitrary<Key> = seedArbitrary.map((value) => seed(value))
