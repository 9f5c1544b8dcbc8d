import { elementCount, fromValues, type Shape, type Tensor } from '@pullback/core'
import type * as fc from 'fast-check'
import { drawLabels } from '../sample/labels.ts'
import { randomFrom } from '../sample/random.ts'
import { seedArbitrary } from './seedArbitrary.ts'

/**
 * Int32 tensors of labels below `classes`: all different, all the same, all first or all last.
 *
 * @example
 * import * as fc from 'fast-check'
 * const [labels] = fc.sample(labelsArbitrary([4], 3), { seed: 1, numRuns: 1 })
 * labels?.dtype // => 'int32'
 */
export const labelsArbitrary = (
  shape: readonly number[],
  classes: number,
): fc.Arbitrary<Tensor<Shape, 'int32'>> =>
  seedArbitrary.map((seed) =>
    fromValues(drawLabels(classes, elementCount(shape), randomFrom(seed, 'labels')), [...shape], 'int32'),
  )
