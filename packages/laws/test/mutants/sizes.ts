import type { Net } from '@pullback/core'
import * as fc from 'fast-check'

const sizeArbitrary = fc.integer({ min: 1, max: 5 })

/** Layers of one size, 1 among them. */
export const sized = (layer: (size: number) => Net): fc.Arbitrary<Net> => sizeArbitrary.map(layer)

/** Layers of two sizes, equal ones among them. */
export const sizedTwice = (layer: (a: number, b: number) => Net): fc.Arbitrary<Net> =>
  fc
    .oneof(
      { weight: 3, arbitrary: fc.tuple(sizeArbitrary, sizeArbitrary) },
      { weight: 1, arbitrary: sizeArbitrary.map((size): [number, number] => [size, size]) },
    )
    .map(([a, b]) => layer(a, b))
