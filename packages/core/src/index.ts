export { evaluate, isConstant, toArray, toNested, toNumber, type Bindings } from './evaluate/evaluate.ts'
export { dependencyOrder } from './evaluate/order.ts'
export {
  fromValues,
  full,
  input,
  iota,
  ones,
  scalar,
  tensor,
  zeros,
  type Nested,
} from './tensor/construct.ts'
export {
  bytesPerElement,
  isFloat,
  type ArrayOf,
  type Dtype,
  type Float,
  type TypedArray,
} from './tensor/dtype.ts'
export * from './tensor/elementwise.ts'
export type { Expression, ExpressionOf, Op, Primitives, Rules } from './tensor/expression.ts'
export * from './tensor/indexing.ts'
export * from './tensor/matmul.ts'
export * from './tensor/movement.ts'
export * from './tensor/random.ts'
export * from './tensor/reduce.ts'
export { elementCount, showShape, type Dim, type Shape, type Sizes } from './tensor/shape.ts'
export { isTensor, type AnyTensor, type Tensor } from './tensor/tensor.ts'
export * from './tensor/tree.ts'
export type { Values } from './tensor/values.ts'
