import * as fc from 'fast-check'

/** Shapes of rank 0 to 6, zeros and ones among the sizes. */
export const shapeArbitrary = (
  constraints: { minRank?: number; maxRank?: number } = {},
): fc.Arbitrary<number[]> =>
  fc.array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 4 }) }, fc.constant(0)), {
    minLength: constraints.minRank ?? 0,
    maxLength: constraints.maxRank ?? 6,
    size: 'max',
  })

/** A shape, and for each of `count` operands a shape that broadcasts to it, at least one of them in full. */
export const broadcastShapesArbitrary = (
  count: number,
): fc.Arbitrary<{ shape: number[]; operands: number[][] }> =>
  fc
    .oneof(
      { weight: 3, arbitrary: shapeArbitrary() },
      // Long enough for the loops over runs.
      fc.array(fc.constantFrom(1, 2, 3, 16, 19), { maxLength: 3 }),
    )
    .chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        operands: fc
          .tuple(
            fc.nat(count - 1),
            fc.array(fc.tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: 6, maxLength: 6 })), {
              minLength: count,
              maxLength: count,
            }),
          )
          .map(([full, patterns]) =>
            patterns.map(([drop, ones], operand) =>
              operand === full
                ? shape
                : shape.slice(drop).map((size, axis) => (ones[axis] === true ? 1 : size)),
            ),
          ),
      }),
    )
