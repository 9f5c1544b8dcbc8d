import { toArray, type AnyTensor, type ExpressionOf, type Op, type Rules } from '@pullback/core'
import { asDtype, coordinates } from '../tensor/coordinates.arbitrary.ts'
import { erf, truncateToInt32 } from './kernels/special.ts'

/** How the oracle reads an operand: the element at an index. */
type Read = (tensor: AnyTensor, index: readonly number[]) => number

/** One element of a tensor from those of its operands. */
type ElementRule = [
  index: readonly number[],
  tensor: AnyTensor,
  read: Read,
  bound: (name: string) => AnyTensor | undefined,
]

type Elementwise = ExpressionOf<'neg'> | ExpressionOf<'add'> | ExpressionOf<'where'>

const elementwise =
  (f: (...values: number[]) => number, ofInts = f) =>
  ({ operands }: Pick<Elementwise, 'operands'>, ...[index, , read]: ElementRule) =>
    (operands.at(-1)?.dtype === 'int32' ? ofInts : f)(...operands.map((operand) => read(operand, index)))

const compare = (holds: (x: number, y: number) => boolean) =>
  elementwise((x = 0, y = 0) => (holds(x, y) ? 1 : 0))

function reduced(
  operand: AnyTensor,
  axes: readonly number[],
  index: readonly number[],
  read: Read,
): readonly number[] {
  const kept = [...index]
  const start = operand.shape.map((_, axis) => (axes.includes(axis) ? 0 : (kept.shift() ?? 0)))
  return coordinates(operand.shape.map((size, axis) => (axes.includes(axis) ? size : 1))).map((offset) =>
    read(
      operand,
      start.map((at, axis) => at + (offset[axis] ?? 0)),
    ),
  )
}

const fold = (f: (x: number, y: number) => number, values: readonly number[]): number =>
  values.reduce((result, value) => f(result, value))

const positionOf = (shape: readonly number[], index: readonly number[]): number =>
  shape.reduce((position, size, axis) => position * size + (index[axis] ?? 0), 0)

const at = (index: readonly number[], axis: number): number => index[axis] ?? Number.NaN

/** How the oracle computes an element of every primitive, each in its own right and nothing shared. */
const rules: Rules<ElementRule, number> = {
  constant: ({ values }, index, tensor) => values.at(positionOf(tensor.shape, index)),
  input: ({ name }, index, _, read, bound) => {
    const value = bound(name)
    if (value === undefined) throw new Error(`input '${name}' is bound to nothing`)
    return read(value, index)
  },
  iota: ({ axis }, index) => at(index, axis),
  neg: elementwise((x = 0) => -x),
  abs: elementwise((x = 0) => Math.abs(x)),
  sign: elementwise((x = 0) => Math.sign(x)),
  floor: elementwise((x = 0) => Math.floor(x)),
  sqrt: elementwise((x = 0) => Math.sqrt(x)),
  exp: elementwise((x = 0) => Math.exp(x)),
  expm1: elementwise((x = 0) => Math.expm1(x)),
  log: elementwise((x = 0) => Math.log(x)),
  log1p: elementwise((x = 0) => Math.log1p(x)),
  sin: elementwise((x = 0) => Math.sin(x)),
  cos: elementwise((x = 0) => Math.cos(x)),
  tanh: elementwise((x = 0) => Math.tanh(x)),
  sigmoid: elementwise((x = 0) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))),
  erf: elementwise((x = 0) => erf(x)),
  cast: ({ operands: [x] }, index, { dtype }, read) =>
    dtype === 'int32' ? truncateToInt32(read(x, index)) : read(x, index),
  add: elementwise((x = 0, y = 0) => x + y),
  sub: elementwise((x = 0, y = 0) => x - y),
  mul: elementwise((x = 0, y = 0) => x * y, Math.imul),
  div: elementwise(
    (x = 0, y = 0) => x / y,
    (x = 0, y = 0) => (y === 0 ? 0 : Math.trunc(x / y)),
  ),
  pow: elementwise(
    (x = 0, y = 0) => (x === 1 || (x === -1 && !Number.isFinite(y) && !Number.isNaN(y)) ? 1 : x ** y),
    (x = 0, y = 0) => truncateToInt32(x ** y),
  ),
  maximum: elementwise(Math.max),
  minimum: elementwise(Math.min),
  equal: compare((x, y) => x === y),
  notEqual: compare((x, y) => x !== y),
  less: compare((x, y) => x < y),
  lessEqual: compare((x, y) => x <= y),
  greater: compare((x, y) => x > y),
  greaterEqual: compare((x, y) => x >= y),
  where: elementwise((c, x = 0, y = 0) => (c === 0 ? y : x)),
  sum: ({ operands: [x], axes }, index, _, read) =>
    [0, ...reduced(x, axes, index, read)].reduce((a, b) => a + b),
  max: ({ operands: [x], axes }, index, _, read) => fold(Math.max, reduced(x, axes, index, read)),
  min: ({ operands: [x], axes }, index, _, read) => fold(Math.min, reduced(x, axes, index, read)),
  argmax: ({ operands: [x], axis }, index, _, read) => {
    const values = reduced(x, [axis], index, read)
    const nan = values.findIndex((value) => Number.isNaN(value))
    return nan >= 0 ? nan : values.indexOf(fold(Math.max, values))
  },
  matmul: ({ operands: [a, b], transposeA, transposeB }, index, _, read) => {
    const batch = index.slice(0, -2)
    const [row = 0, column = 0] = index.slice(-2)
    let sum = 0
    for (let k = 0; k < at(a.shape, a.shape.length - (transposeA ? 2 : 1)); k++)
      sum +=
        read(a, [...batch, ...(transposeA ? [k, row] : [row, k])]) *
        read(b, [...batch, ...(transposeB ? [column, k] : [k, column])])
    return sum
  },
  reshape: ({ operands: [x] }, index, tensor, read) => {
    let position = positionOf(tensor.shape, index)
    const own = x.shape.toReversed().map((size) => {
      const digit = position % size
      position = (position - digit) / size
      return digit
    })
    return read(x, own.toReversed())
  },
  transpose: ({ operands: [x], permutation }, index, _, read) =>
    read(
      x,
      x.shape.map((_, axis) => at(index, permutation.indexOf(axis))),
    ),
  broadcast: ({ operands: [x] }, index, _, read) =>
    read(
      x,
      x.shape.map((size, axis) => (size === 1 ? 0 : at(index, axis + index.length - x.shape.length))),
    ),
  slice: ({ operands: [x], start, step }, index, _, read) =>
    read(
      x,
      index.map((position, axis) => at(start, axis) + position * at(step, axis)),
    ),
  concat: ({ operands, axis }, index, _, read) => {
    let position = at(index, axis)
    for (const operand of operands) {
      const size = at(operand.shape, axis)
      if (position < size) return read(operand, index.with(axis, position))
      position -= size
    }
    return Number.NaN
  },
  gather: ({ operands: [x, indices], axis }, index, _, read) => {
    const { length } = indices.shape
    const named = read(indices, index.slice(axis, axis + length))
    return read(x, [...index.slice(0, axis), named, ...index.slice(axis + length)])
  },
  scatterAdd: ({ operands: [x, indices], axis }, index, _, read) => {
    let sum = 0
    for (let from = 0; from < at(x.shape, axis); from++)
      if (read(indices, [from]) === index[axis]) sum += read(x, index.with(axis, from))
    return sum
  },
  oneHot: ({ operands: [indices] }, index, _, read) =>
    read(indices, index.slice(0, -1)) === index.at(-1) ? 1 : 0,
  // Its numbers have tests of their own.
  random: (_, index, tensor) => Number(toArray(tensor)[positionOf(tensor.shape, index)]),
}

/** The elements of an expression by recursion over its definition, one element at a time, into fresh arrays only. */
export function oracle(
  bound: (name: string) => AnyTensor | undefined,
): (tensor: AnyTensor) => readonly number[] {
  const known = new Map<AnyTensor, readonly number[]>()
  const read: Read = (tensor, index) => elements(tensor)[positionOf(tensor.shape, index)] ?? Number.NaN
  const elements = (tensor: AnyTensor): readonly number[] => {
    const before = known.get(tensor)
    if (before !== undefined) return before
    const { expression } = tensor
    const rule = rules[expression.op] as (of: ExpressionOf<Op>, ...rest: ElementRule) => number
    const found = asDtype(
      coordinates(tensor.shape).map((index) => rule(expression, index, tensor, read, bound)),
      tensor.dtype,
    )
    known.set(tensor, found)
    return found
  }
  return elements
}
