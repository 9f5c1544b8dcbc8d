import { elementCount } from '@pullback/core'
import * as fc from 'fast-check'

/** Sizes around the widths of vectors, blocks and tiles. */
const awkward = [
  1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 47, 48, 49, 50, 63, 64, 65, 100, 127, 128, 129, 255, 256,
  257,
] as const

/** One of the sizes around which blocks and vectors end. */
export const awkwardSize: fc.Arbitrary<number> = fc.constantFrom(...awkward)

/** Sizes that go with an awkward one: none, one and a few. */
export const smallSize: fc.Arbitrary<number> = fc.constantFrom(1, 2, 3, 4, 5, 0)

const rotated = (sizes: readonly number[], by: number): readonly number[] => [
  ...sizes.slice(by % Math.max(sizes.length, 1)),
  ...sizes.slice(0, by % Math.max(sizes.length, 1)),
]

/**
 * Shapes with one awkward size, seldom two: so that every axis, and the product of neighbours, ends within, at and
 * beyond a block.
 *
 * @param most how many elements a shape may have
 */
export const awkwardShapes = (most = 70_000): fc.Arbitrary<readonly number[]> =>
  fc
    .oneof(
      { weight: 1, arbitrary: fc.constant<readonly number[]>([]) },
      {
        weight: 12,
        arbitrary: fc
          .tuple(awkwardSize, fc.array(smallSize, { maxLength: 3 }), fc.nat(3))
          .map(([size, others, by]) => rotated([size, ...others], by)),
      },
      {
        weight: 1,
        arbitrary: fc
          .tuple(awkwardSize, awkwardSize, fc.constantFrom<(readonly number[])[]>([], [2], [3]), fc.nat(2))
          .map(([m, n, others, by]) => rotated([m, n, ...others], by)),
      },
    )
    .map((shape) => (elementCount(shape) <= most ? shape : shape.map((size) => Math.min(size, 5))))

/** The three sizes of a matrix product: mostly one large one and two small ones, each in each place. */
export const productSizes: fc.Arbitrary<readonly [m: number, k: number, n: number]> = fc
  .oneof(
    {
      weight: 6,
      arbitrary: fc.tuple(awkwardSize, fc.oneof(smallSize, fc.integer({ min: 1, max: 20 })), smallSize),
    },
    { weight: 3, arbitrary: fc.tuple(awkwardSize, awkwardSize, fc.integer({ min: 1, max: 20 })) },
    { weight: 1, arbitrary: fc.tuple(awkwardSize, awkwardSize, awkwardSize) },
    { weight: 1, arbitrary: fc.tuple(fc.constantFrom(511, 513, 1025, 1500), smallSize, smallSize) },
  )
  .chain((sizes) => fc.nat(5).map((order) => [sizes, order] as const))
  .map(([[p, q, r], order]) => {
    const orders = [
      [p, q, r],
      [q, r, p],
      [r, p, q],
      [q, p, r],
      [p, r, q],
      [r, q, p],
    ] as const
    const [m, k, n] = orders[order] ?? orders[0]
    return m * k * n <= 700_000 ? [m, k, n] : [Math.min(m, 50), Math.min(k, 100), Math.min(n, 50)]
  })
