import * as fc from 'fast-check'
import { fromValues } from './construct.ts'
import type { Dtype } from './dtype.ts'
import { elementCount } from './shape.ts'
import type { Tensor } from './tensor.ts'

/** Floats on a grid of 1/64, which shrinks well, and among them the values that break kernels. */
export const floatArbitrary: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -256, max: 256 }).map((value) => value / 64) },
  fc.constantFrom(0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30, 1e-30),
)

/** Floats on a grid of 1/64 between -4 and 4: their sums and products are exact. */
export const gridArbitrary: fc.Arbitrary<number> = fc
  .integer({ min: -256, max: 256 })
  .map((value) => value / 64)

/** Small integers, and among them the ends of the range. */
export const intArbitrary: fc.Arbitrary<number> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -9, max: 9 }) },
  fc.constantFrom(-(2 ** 31), 2 ** 31 - 1, 65_537),
)

export const dtypeArbitrary: fc.Arbitrary<Dtype> = fc.constantFrom('float32', 'float64', 'int32')

/** Constants of a shape; elements from `element`, or any that the dtype holds. */
export function tensorArbitrary<const S extends readonly number[], D extends Dtype>(
  shape: S,
  dtype: D,
  element: fc.Arbitrary<number> = dtype === 'int32' ? intArbitrary : floatArbitrary,
): fc.Arbitrary<Tensor<S, D>> {
  const count = elementCount(shape)
  return fc
    .array(element, { minLength: count, maxLength: count })
    .map((values) => fromValues(values, shape, dtype))
}

/** Constants of a shape too large to draw every element: a seed that shrinks stands for the elements, on the grid. */
export const largeTensorArbitrary = <const S extends readonly number[], D extends Dtype>(
  shape: S,
  dtype: D,
): fc.Arbitrary<Tensor<S, D>> =>
  fc.nat(1000).map((start) =>
    fromValues(
      Array.from(
        { length: elementCount(shape) },
        (_, position) => (((start + position) * 7919) % 257) / 64 - 2,
      ),
      shape,
      dtype,
    ),
  )
