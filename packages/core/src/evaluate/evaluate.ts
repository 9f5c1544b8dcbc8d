import type { Nested } from '../tensor/construct.ts'
import type { Dtype, TypedArray } from '../tensor/dtype.ts'
import { elementCount, showShape, type Shape } from '../tensor/shape.ts'
import { makeTensor, type AnyTensor, type Tensor } from '../tensor/tensor.ts'
import { leaves, mapTree, type Tree } from '../tensor/tree.ts'
import { Values } from '../tensor/values.ts'
import { computeAll, elementsOf, type Bindings } from './compute.ts'

export type { Bindings } from './compute.ts'

const asConstant = <S extends Shape, D extends Dtype>(tensor: Tensor<S, D>, data: TypedArray): Tensor<S, D> =>
  makeTensor({ op: 'constant', operands: [], values: new Values(data) }, tensor.shape, tensor.dtype)

/**
 * The reference interpreter: a tree of expressions with every tensor replaced by the constant it stands for.
 *
 * Float32 results are rounded once per operation; sums and matrix products accumulate in float64.
 *
 * @param tree a tensor or a record of trees; subexpressions shared anywhere in it are computed once
 * @param bindings a value for each named input, of its shape and dtype
 * @throws TypeError if an input has no value or one of another shape or dtype; RangeError if an index is out of range
 * @example
 * const x = tensor([1, 2, 3])
 * const { total, squares } = evaluate({ total: sum(x), squares: mul(x, x) })
 * toNumber(total) // => 6
 * toNested(squares) // => [1, 4, 9]
 */
export function evaluate<T extends Tree>(tree: T, bindings: Bindings = {}): T {
  const found = leaves(tree)
  const arrays = computeAll(
    found.map(([, tensor]) => tensor),
    bindings,
  )
  const remaining = arrays.values()
  return mapTree(tree, (tensor) => {
    const data = remaining.next().value
    return data === undefined || isConstant(tensor) ? tensor : asConstant(tensor, data)
  })
}

/**
 * A copy of the elements in row-major order, as a typed array of the dtype; evaluates an expression without inputs.
 *
 * @example
 * Array.from(toArray(tensor([[1, 2], [3, 4]]))) // => [1, 2, 3, 4]
 */
export const toArray = (tensor: AnyTensor): TypedArray => elementsOf(tensor).slice()

/**
 * The only element of a tensor; evaluates an expression without inputs.
 *
 * @throws TypeError if it has not exactly one
 * @example
 * toNumber(sum(tensor([1, 2, 3]))) // => 6
 */
export function toNumber(tensor: AnyTensor): number {
  if (elementCount(tensor.shape) !== 1)
    throw new TypeError(
      `toNumber: takes a tensor of one element, not of shape ${showShape(tensor.shape)}; reduce it first`,
    )
  return elementsOf(tensor)[0] ?? 0
}

/**
 * A copy of the elements as nested arrays, a number for a scalar; evaluates an expression without inputs.
 *
 * @example
 * toNested(neg(tensor([[1, 2], [3, 4]]))) // => [[-1, -2], [-3, -4]]
 */
export function toNested(tensor: AnyTensor): Nested {
  const data = elementsOf(tensor)
  const nest = ([size, ...rest]: readonly number[], from: number): Nested => {
    if (size === undefined) return data[from] ?? 0
    const slab = elementCount(rest)
    return Array.from({ length: size }, (_, index) => nest(rest, from + index * slab))
  }
  return nest(tensor.shape, 0)
}

/** Whether a tensor is a constant, so that reading it computes nothing. */
export const isConstant = (tensor: AnyTensor): boolean => tensor.expression.op === 'constant'
