import { zeros } from '../tensor/construct.ts'
import { isFloat } from '../tensor/dtype.ts'
import {
  add,
  cast,
  cos,
  div,
  equal,
  exp,
  greater,
  less,
  log,
  mul,
  neg,
  pow,
  sign,
  sin,
  square,
  sub,
  where,
} from '../tensor/elementwise.ts'
import type { Rules } from '../tensor/expression.ts'
import { scatterAdd } from '../tensor/indexing.ts'
import { matmul } from '../tensor/matmul.ts'
import { broadcastTo, concatenate, reshape, transpose } from '../tensor/movement.ts'
import { sum } from '../tensor/reduce.ts'
import type { Shape } from '../tensor/shape.ts'
import { makeTensor, type AnyTensor, type Tensor } from '../tensor/tensor.ts'

/** The derivative of a tensor along a direction; undefined where it is zero because nothing moves. */
export type Tangent = Tensor | undefined

/** What a rule is given: the tensor that it differentiates, y, and the tangents of its operands. */
export interface Moving {
  readonly y: Tensor
  readonly tangents: readonly Tangent[]
}

type Rule = (expression: { readonly operands: readonly AnyTensor[] }, moving: Moving) => Tangent

const still: Rule = () => undefined

const float = (operand: AnyTensor | undefined): Tensor => {
  if (operand === undefined || !isFloat(operand.dtype)) throw new TypeError('a derivative by an int32 tensor')
  return operand as Tensor
}

/** The derivative of a function of one operand x, element by element: dx times `slope`. */
const chain =
  (slope: (x: Tensor, y: Tensor) => Tensor): Rule =>
  ({ operands: [x] }, { y, tangents: [dx] }) =>
    dx && mul(dx, slope(float(x), y))

/** A function that is linear in its first operand: the tangent goes the same way. */
const linear =
  (again: (dx: Tensor) => Tensor): Rule =>
  (_, { tangents: [dx] }) =>
    dx && again(dx)

const sumOf = (a: Tangent, b: Tangent): Tangent => (a && b ? add(a, b) : (a ?? b))

const zerosLike = (x: AnyTensor): Tensor => zeros([...x.shape], float(x).dtype)

/** The tangent where a condition picks one of two operands. */
const choose = (condition: Tensor<Shape, 'int32'>, a: Tangent, b: Tangent, y: Tensor): Tangent =>
  a || b ? where(condition, a ?? zerosLike(y), b ?? zerosLike(y)) : undefined

/** Of the largest (or smallest) elements, the tangents' mean: ties count alike. */
const extreme: Rule = (expression, { y, tangents: [dx] }) => {
  const { operands, axes } = expression as { operands: readonly AnyTensor[]; axes: readonly number[] }
  const x = float(operands[0])
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const chosen = cast(equal(x, broadcastTo(reshape(y, kept), x.shape)), x.dtype)
  return dx && div(sum(mul(dx, chosen), { axes }), sum(chosen, { axes }))
}

/**
 * How every primitive is differentiated forward: the tangent of y from those of its operands.
 *
 * At a kink the derivative is that of one side: `maximum` and `minimum` follow the second operand at a tie.
 */
export const rules: Rules<[Moving], Tangent> = {
  constant: still,
  input: still,
  iota: still,

  neg: linear(neg),
  abs: chain((x) => sign(x)),
  sign: still,
  floor: still,
  sqrt: chain((_, y) => div(0.5, y)),
  exp: chain((_, y) => y),
  expm1: chain((_, y) => add(y, 1)),
  log: chain((x) => div(1, x)),
  log1p: chain((x) => div(1, add(x, 1))),
  sin: chain((x) => cos(x)),
  cos: chain((x) => neg(sin(x))),
  tanh: chain((_, y) => sub(1, square(y))),
  sigmoid: chain((_, y) => mul(y, sub(1, y))),
  erf: chain((x) => mul(exp(neg(square(x))), 2 / Math.sqrt(Math.PI))),
  cast: (_, { y, tangents: [dx] }) => (isFloat(y.dtype) ? dx && cast(dx, y.dtype) : undefined),

  add: (_, { tangents: [da, db] }) => sumOf(da, db),
  sub: (_, { tangents: [da, db] }) => sumOf(da, db && neg(db)),
  mul: ({ operands: [a, b] }, { tangents: [da, db] }) =>
    sumOf(da && mul(da, float(b)), db && mul(float(a), db)),
  div: ({ operands: [, b] }, { y, tangents: [da, db] }) => {
    const change = sumOf(da, db && neg(mul(y, db)))
    return change && div(change, float(b))
  },
  pow: ({ operands: [a, b] }, { y, tangents: [da, db] }) =>
    sumOf(
      da && mul(da, mul(float(b), pow(float(a), sub(float(b), 1)))),
      db && mul(db, where(greater(float(a), 0), mul(y, log(float(a))), 0)),
    ),
  maximum: ({ operands: [a, b] }, { y, tangents: [da, db] }) =>
    choose(greater(float(a), float(b)), da, db, y),
  minimum: ({ operands: [a, b] }, { y, tangents: [da, db] }) => choose(less(float(a), float(b)), da, db, y),

  equal: still,
  notEqual: still,
  less: still,
  lessEqual: still,
  greater: still,
  greaterEqual: still,
  where: ({ operands: [condition] }, { y, tangents: [, da, db] }) =>
    choose(condition as Tensor<Shape, 'int32'>, da, db, y),

  sum: ({ axes }, { tangents: [dx] }) => dx && sum(dx, { axes }),
  max: extreme,
  min: extreme,
  argmax: still,

  matmul: ({ operands: [a, b], transposeA, transposeB }, { tangents: [da, db] }) =>
    sumOf(
      da && matmul(da, float(b), { transposeA, transposeB }),
      db && matmul(float(a), db, { transposeA, transposeB }),
    ),

  reshape: (_, { y, tangents: [dx] }) => dx && reshape(dx, y.shape),
  transpose: ({ permutation }, { tangents: [dx] }) => dx && transpose(dx, permutation),
  broadcast: (_, { y, tangents: [dx] }) => dx && broadcastTo(dx, y.shape),
  slice: ({ start, stop, step }, { y, tangents: [dx] }) =>
    dx && makeTensor({ op: 'slice', operands: [dx], start, stop, step }, y.shape, dx.dtype),
  concat: ({ operands, axis }, { tangents }) =>
    tangents.some((tangent) => tangent !== undefined)
      ? concatenate(
          operands.map((operand, index) => tangents[index] ?? zerosLike(operand)),
          axis,
        )
      : undefined,

  gather: ({ operands: [, indices], axis }, { y, tangents: [dx] }) =>
    dx && makeTensor({ op: 'gather', operands: [dx, indices], axis }, y.shape, dx.dtype),
  scatterAdd: ({ operands: [, indices], axis }, { y, tangents: [dx] }) =>
    dx && scatterAdd(dx, indices as Tensor<Shape, 'int32'>, y.shape[axis] ?? 0, axis),
  oneHot: still,

  random: still,
}
