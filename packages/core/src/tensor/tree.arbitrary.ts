import type { Tensor, Tree } from '@pullback/core'
import * as fc from 'fast-check'
import { gridArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

/** Names of entries, among them those of properties that every object has. */
export const nameArbitrary: fc.Arbitrary<string> = fc.constantFrom(
  'W',
  'b',
  'fc1',
  'fc2',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '0',
  'length',
)

const leaf: fc.Arbitrary<Tensor> = fc
  .array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 })
  .chain((shape) => tensorArbitrary(shape, 'float64', gridArbitrary))

/** Trees up to three records deep, the empty record and the bare tensor among them. */
export const treeArbitrary: fc.Arbitrary<Tree> = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'tree' },
    leaf,
    fc
      .uniqueArray(fc.tuple(nameArbitrary, tie('tree')), { maxLength: 4, selector: ([name]) => name })
      .map((entries) => Object.fromEntries(entries)),
  ),
})).tree
