import * as fc from 'fast-check'
import { showSample } from '../report/showSample.ts'
import { cotangents } from '../sample/cotangent.ts'
import { drawSample, type Recipe } from '../sample/drawSample.ts'
import { extremes, type Extreme } from '../sample/extreme.ts'
import { regimes, type Regime } from '../sample/regime.ts'
import type { Sample } from '../sample/sample.ts'
import { steerings } from '../sample/steer.ts'
import type { Configured } from './configuration.ts'
import { legible } from './legible.ts'
import { seedArbitrary } from './seedArbitrary.ts'
import { sizeChoiceArbitrary } from './sizeChoiceArbitrary.ts'

/** Recipes of samples: what a sample is a function of. */
export const recipeArbitrary = (configurations: fc.Arbitrary<Configured>): fc.Arbitrary<Recipe> =>
  fc.record({
    configuration: configurations,
    sizes: sizeChoiceArbitrary,
    seed: seedArbitrary,
    input: fc.constantFrom(...regimes),
    params: fc.constantFrom<Regime | 'initial'>('normal', 'initial', 'initial', ...regimes),
    dOutput: fc.constantFrom(...cotangents, 'normal' as const, 'normal' as const),
    mode: fc.constantFrom('train' as const, 'train' as const, 'predict' as const),
    steer: fc.integer({ min: -3 * steerings, max: steerings }).map((steer) => Math.max(steer, 0)),
  })

/** The sample of a recipe, which fast-check shows on a line. */
function shown(recipe: Recipe): Sample {
  const sample = drawSample(recipe)
  return legible(sample, () => showSample(sample))
}

/**
 * Layers at points: configuration, sizes, mode, and values of every regime that are a function of a seed, so that a
 * counterexample shrinks to a simple configuration, small sizes and plain values.
 *
 * @param configurations layers, or layers with the patterns of the inputs, the mode or the domain that they are tried with
 * @example
 * import * as fc from 'fast-check'
 * const [sample] = fc.sample(sampleArbitrary(fc.constant(affine(2, 3))), { seed: 1, numRuns: 1 })
 * sample?.dOutput.shape.at(-1) // => 3
 */
export const sampleArbitrary = (configurations: fc.Arbitrary<Configured>): fc.Arbitrary<Sample> =>
  recipeArbitrary(configurations).map(shown)

/**
 * Layers at points at the edge: zeros, ones, large numbers, equal ones, rows without variance, probabilities 0 and 1.
 *
 * @param configurations as for `sampleArbitrary`
 */
export const extremeSampleArbitrary = (configurations: fc.Arbitrary<Configured>): fc.Arbitrary<Sample> =>
  fc
    .tuple(
      recipeArbitrary(configurations),
      fc.constantFrom(...extremes),
      fc.constantFrom<Regime | Extreme | 'initial'>('initial', 'initial', 'normal', 'grid', ...extremes),
    )
    .map(([recipe, input, params]) => shown({ ...recipe, input, params, steer: 0 }))
