import type { ShapeRule, Takes } from '@pullback/core'
import type * as fc from 'fast-check'
import { sizesFor } from '../sample/sizes.ts'
import { sizeChoiceArbitrary } from './sizeChoiceArbitrary.ts'

/**
 * Sizes for what a layer takes: every name bound to one size wherever it recurs, 0 for batches and 1 and equal sizes
 * among them, `'...'` to 0 to 3 axes. Shrinks to sizes of 1.
 *
 * @param rule the layer's rule on shapes, which may refuse sizes
 * @param takes narrower patterns than those of the rule
 * @example
 * import * as fc from 'fast-check'
 * const [shape] = fc.sample(shapeArbitrary(affine(2, 3).rule), { seed: 1, numRuns: 1 })
 * affine(2, 3).rule.apply(shape ?? [])._tag // => 'Right'
 */
export const shapeArbitrary = (rule: ShapeRule, takes: Takes = rule.takes): fc.Arbitrary<Takes> =>
  sizeChoiceArbitrary.map((choice) => sizesFor(rule, takes, choice))
