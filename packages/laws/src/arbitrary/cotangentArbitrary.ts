import { elementCount, fromValues, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { cotangents, drawCotangent, type Cotangent } from '../sample/cotangent.ts'
import { randomFrom } from '../sample/random.ts'
import { seedArbitrary } from './seedArbitrary.ts'

/**
 * Gradients by an output of a shape: ones, normal, all negative, of sum zero, sparse, one-hot, times 1e6 and 1e-9.
 *
 * @param kind one of these alone
 * @example
 * import * as fc from 'fast-check'
 * const [w] = fc.sample(cotangentArbitrary([3], 'ones'), { seed: 1, numRuns: 1 })
 * toNested(w ?? scalar(0)) // => [1, 1, 1]
 */
export const cotangentArbitrary = (shape: readonly number[], kind?: Cotangent): fc.Arbitrary<Tensor> =>
  fc
    .tuple(kind === undefined ? fc.constantFrom(...cotangents) : fc.constant(kind), seedArbitrary)
    .map(([which, seed]) =>
      fromValues(
        drawCotangent(which, elementCount(shape), randomFrom(seed, 'cotangent')),
        [...shape],
        'float64',
      ),
    )
