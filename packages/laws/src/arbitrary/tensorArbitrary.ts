import { elementCount, fromValues, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { randomFrom } from '../sample/random.ts'
import { drawValues, regimes, type Regime } from '../sample/regime.ts'
import { seedArbitrary } from './seedArbitrary.ts'

/** What floats are drawn. */
export interface TensorOptions {
  /** One regime, or any of them. */
  readonly regime?: Regime
  /** The numbers that the regime `landmarks` draws around. */
  readonly constants?: readonly number[]
}

/**
 * Constant float64 tensors of a shape in every regime: normal, ties and exact zeros, scaled, sparse, heavy-tailed,
 * constant, of low variance, and around given numbers.
 *
 * @example
 * import * as fc from 'fast-check'
 * const [x] = fc.sample(tensorArbitrary([2, 3]), { seed: 1, numRuns: 1 })
 * x?.shape // => [2, 3]
 */
export const tensorArbitrary = (
  shape: readonly number[],
  { regime, constants = [] }: TensorOptions = {},
): fc.Arbitrary<Tensor> =>
  fc
    .tuple(regime === undefined ? fc.constantFrom(...regimes) : fc.constant(regime), seedArbitrary)
    .map(([kind, seed]) =>
      fromValues(
        drawValues(kind, elementCount(shape), randomFrom(seed, 'tensor'), constants),
        [...shape],
        'float64',
      ),
    )
