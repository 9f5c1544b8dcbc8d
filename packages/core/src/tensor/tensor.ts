import { checkDtype, type Dtype, type Float } from './dtype.ts'
import type { Expression } from './expression.ts'
import type { Shape, Sizes } from './shape.ts'

declare const shapeOf: unique symbol

const brand: unique symbol = Symbol('tensor')

/**
 * An immutable expression: a constant, a named input, or an operation on other tensors, with its
 * shape and dtype known when it is built. Nothing is computed until an interpreter is asked to.
 *
 * `S` is the shape as the type checker knows it (`[ 'N', 50 ]`), `D` the dtype.
 */
export interface Tensor<S extends Shape = Shape, D extends Dtype = Float> {
  /** The size of every dimension, outermost first. */
  readonly shape: Sizes<S>
  readonly dtype: D
  /** What this tensor is: one member of the closed union of primitives. */
  readonly expression: Expression
  readonly [shapeOf]?: S
  readonly [brand]: true
}

/** A tensor of any shape and dtype. */
export type AnyTensor = Tensor<Shape, Dtype>

/**
 * Builds the tensor of an expression whose sizes and dtype the caller has worked out, and freezes it but for attributes
 * that are arrays, which come frozen; `S` is the caller's word for what the sizes are.
 */
export function makeTensor<S extends Shape, D extends Dtype>(
  expression: Expression,
  sizes: readonly number[],
  dtype: D,
): Tensor<S, D> {
  checkDtype(dtype)
  // A frozen shape is that of another tensor, and can be shared.
  const shape = (Object.isFrozen(sizes) ? sizes : Object.freeze([...sizes])) as unknown as Sizes<S>
  Object.freeze(expression.operands)
  return Object.freeze({ shape, dtype, expression: Object.freeze(expression), [brand]: true as const })
}

/** Whether a value is a tensor. */
export const isTensor = (value: unknown): value is AnyTensor =>
  typeof value === 'object' && value !== null && brand in value

/** Whether a value looks like a tensor and is none: it was made by another copy of this package. */
export const isForeignTensor = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !isTensor(value) &&
  ['shape', 'dtype', 'expression'].every((name) => name in value)

/** The same tensor, of which the caller knows that its shape is `S`. */
export const knownShape = <S extends Shape, D extends Dtype>(x: Tensor<Shape, D>): Tensor<S, D> =>
  x as Tensor<S, D>
