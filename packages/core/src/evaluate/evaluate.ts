import { allocate, type Dtype, type TypedArray } from '../tensor/dtype.ts'
import type { Nested } from '../tensor/construct.ts'
import { elementCount, equalShapes, showShape, type Shape } from '../tensor/shape.ts'
import { isTensor, makeTensor, type AnyTensor, type Tensor } from '../tensor/tensor.ts'
import { leaves, mapTree, type Tree } from '../tensor/tree.ts'
import { ownValues, peek } from '../tensor/values.ts'
import { denseBuffer, densify, type Buffer } from './buffer.ts'
import { dependencyOrder } from './order.ts'
import { applyRule } from './rules.ts'
import type { Step } from './step.ts'

/** Values for the named inputs of an expression. */
export type Bindings = Readonly<Record<string, AnyTensor>>

const inPlace: ReadonlySet<string> = new Set([
  'neg',
  'abs',
  'sign',
  'floor',
  'sqrt',
  'exp',
  'expm1',
  'log',
  'log1p',
  'sin',
  'cos',
  'tanh',
  'sigmoid',
  'erf',
  'add',
  'sub',
  'mul',
  'div',
  'pow',
  'maximum',
  'minimum',
])

function boundValue(tensor: AnyTensor, name: string, bindings: Bindings): Buffer {
  const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined
  if (value === undefined)
    throw new TypeError(
      `evaluate: input '${name}' ${showShape(tensor.shape)} is given no value; bind it by its name`,
    )
  if (!equalShapes(value.shape, tensor.shape) || value.dtype !== tensor.dtype)
    throw new TypeError(
      `evaluate: input '${name}' takes ${tensor.dtype} ${showShape(tensor.shape)} but is given ${value.dtype} ${showShape(value.shape)}`,
    )
  return denseBuffer(constantArray(value), false)
}

function constantArray(tensor: AnyTensor): TypedArray {
  const { expression } = tensor
  return expression.op === 'constant'
    ? peek(expression.values)
    : (computeAll([tensor], {})[0] ?? allocate(tensor.dtype, 0))
}

function reusableArray(
  tensor: AnyTensor,
  buffers: readonly Buffer[],
  lastUse: (operand: AnyTensor) => boolean,
): TypedArray | undefined {
  const { op, operands } = tensor.expression
  if (!inPlace.has(op)) return undefined
  const length = elementCount(tensor.shape)
  const index = buffers.findIndex((buffer, position) => {
    const operand = operands[position]
    return (
      buffer.owned && buffer.data.length === length && operand?.dtype === tensor.dtype && lastUse(operand)
    )
  })
  return buffers[index]?.data
}

/** The elements of every root, each subexpression computed once and released after its last use. */
function computeAll(roots: readonly AnyTensor[], bindings: Bindings): readonly TypedArray[] {
  const order = dependencyOrder(roots)
  const uses = new Map<AnyTensor, number>()
  const use = (tensor: AnyTensor, count: number) => uses.set(tensor, (uses.get(tensor) ?? 0) + count)
  for (const tensor of order) for (const operand of tensor.expression.operands) use(operand, 1)
  for (const root of roots) use(root, 1)
  const buffers = new Map<AnyTensor, Buffer>()
  const bufferOf = (tensor: AnyTensor): Buffer => {
    const buffer = buffers.get(tensor)
    if (buffer === undefined) throw new Error(`${tensor.expression.op} was read before it was computed`)
    return buffer
  }
  for (const tensor of order) {
    const { expression } = tensor
    const operands = expression.operands.map(bufferOf)
    const reusable = reusableArray(tensor, operands, (operand) => uses.get(operand) === 1)
    const step: Step = { tensor, buffers: operands, reusable }
    buffers.set(
      tensor,
      expression.op === 'input' ? boundValue(tensor, expression.name, bindings) : applyRule(step),
    )
    for (const operand of expression.operands)
      if (use(operand, -1).get(operand) === 0) buffers.delete(operand)
  }
  return roots.map((root) => densify(bufferOf(root), root.dtype))
}

const asConstant = <S extends Shape, D extends Dtype>(tensor: Tensor<S, D>, data: TypedArray): Tensor<S, D> =>
  makeTensor({ op: 'constant', operands: [], values: ownValues(data) }, tensor.shape, tensor.dtype)

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
export const toArray = (tensor: AnyTensor): TypedArray => constantArray(tensor).slice()

/**
 * The only element of a tensor; evaluates an expression without inputs.
 *
 * @throws TypeError if it has not exactly one
 */
export function toNumber(tensor: AnyTensor): number {
  const [value, ...others] = constantArray(tensor)
  if (value === undefined || others.length > 0)
    throw new TypeError(`toNumber: a tensor of shape ${showShape(tensor.shape)} is not one number`)
  return value
}

/** A copy of the elements as nested arrays, a number for a scalar; evaluates an expression without inputs. */
export function toNested(tensor: AnyTensor): Nested {
  const data = constantArray(tensor)
  const nest = ([size, ...rest]: readonly number[], from: number): Nested => {
    if (size === undefined) return data[from] ?? 0
    const slab = elementCount(rest)
    return Array.from({ length: size }, (_, index) => nest(rest, from + index * slab))
  }
  return nest(tensor.shape, 0)
}

/** Whether a tensor is a constant, so that reading it computes nothing. */
export const isConstant = (tensor: AnyTensor): boolean =>
  isTensor(tensor) && tensor.expression.op === 'constant'
