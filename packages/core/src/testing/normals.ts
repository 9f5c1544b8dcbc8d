import {
  evaluate,
  fold,
  fromValues,
  mul,
  randomNormal,
  randomUniform,
  seed,
  toArray,
  type Tensor,
} from '@pullback/core'

/** Standard normal numbers times `scale`, a function of the number and the name. */
export const normals = (from: number, name: string, shape: readonly number[], scale = 1): Tensor =>
  evaluate(mul(randomNormal(fold(seed(from), name), shape, 'float64'), scale))

/** A label below `classes` for each of `count` rows. */
export const randomLabels = (
  from: number,
  count: number,
  classes: number,
): Tensor<readonly [number], 'int32'> =>
  fromValues(
    Array.from(toArray(randomUniform(fold(seed(from), 'labels'), [count], 'float64')), (u) =>
      Math.floor(u * classes),
    ),
    [count],
    'int32',
  )
