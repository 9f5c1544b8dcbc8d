import {
  abs,
  add,
  argmax,
  broadcastTo,
  cast,
  concatenate,
  cos,
  dependencyOrder,
  div,
  equal,
  erf,
  evaluate,
  exp,
  expm1,
  floor,
  fold,
  fromValues,
  gather,
  greater,
  greaterEqual,
  input,
  iota,
  less,
  lessEqual,
  log,
  log1p,
  matmul,
  max,
  maximum,
  min,
  minimum,
  mul,
  neg,
  notEqual,
  oneHot,
  pow,
  randomNormal,
  reshape,
  scatterAdd,
  seed,
  sigmoid,
  sign,
  sin,
  slice,
  sqrt,
  sub,
  sum,
  tanh,
  tensor,
  toArray,
  transpose,
  where,
  type AnyTensor,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { manyAt } from './manyAt.ts'
import { stackedPrimitives } from './stacked.ts'

const x: Tensor = input('x', [2, 3], 'float64')
const y: Tensor = input('y', [3, 2], 'float64')
const fixed: Tensor = fromValues([1, -2, 0.5, 0, 3, -1], [2, 3], 'float64')
const indices = tensor([1, 0, 1], 'int32')
const positive = add(abs(x), 0.1)
const rounded = cast(floor(mul(x, 2)), 'int32')
const wide = (integers: AnyTensor): Tensor => cast(integers, 'float64')

/** Every primitive, of inputs that differ from copy to copy and of ones that do not. */
const expressions: Readonly<Record<string, AnyTensor>> = {
  unary: [neg, abs, sign, floor, exp, expm1, sin, cos, tanh, sigmoid, erf].reduce<Tensor>(
    (total, f) => add(total, f(x)),
    add(log(positive), add(log1p(positive), sqrt(positive))),
  ),
  binary: [add, sub, mul, maximum, minimum].reduce<Tensor>(
    (total, f) => add(total, mul(f(x, fixed), f(fixed, transpose(y)))),
    add(div(x, positive), pow(positive, fixed)),
  ),
  comparisons: [equal, notEqual, less, lessEqual, greater, greaterEqual].reduce<Tensor>(
    (total, f) => add(total, wide(f(rounded, cast(fixed, 'int32')))),
    wide(greater(x, 0)),
  ),
  where: where(greater(x, 0), fixed, x),
  'where of what is shared': where(greater(fixed, 0), x, 1),
  reductions: add(
    sum(x, { axes: 0 }),
    add(max(x, { axes: 0 }), min(transpose(y), { axes: 0, keepDims: true })),
  ),
  'reduction to a scalar': sum(x),
  argmax: wide(argmax(x, 1)),
  products: matmul(matmul(x, y), matmul(fixed, y), { transposeA: true }),
  'products of what is shared': matmul(fixed, x, { transposeB: true }),
  movement: reshape(transpose(slice(x, [0, 2], [0, 3, 2])), [4]),
  broadcast: broadcastTo(sum(x, { axes: 1, keepDims: true }), [2, 2, 3]),
  concat: concatenate<'float64'>([x as Tensor<Shape, 'float64'>, fixed as Tensor<Shape, 'float64'>], 1),
  gather: gather(x, indices, 1),
  'gather by what differs': gather(fixed, cast(greater(sum(x, { axes: 1 }), 0), 'int32'), 1),
  scatterAdd: scatterAdd(x, indices, 4, 1),
  'scatter by what differs': scatterAdd(fixed, cast(greater(sum(x, { axes: 0 }), 0), 'int32'), 2, 1),
  oneHot: oneHot(cast(greater(x, 0), 'int32'), 2, 'float64'),
  random: mul(x, randomNormal(fold(seed(3), 'mask'), [2, 3], 'float64')),
  iota: mul(x, cast(iota([2, 3], 1), 'float64')),
  shared: fixed,
}

test('copies evaluated together are those evaluated one by one, bit for bit', () => {
  const count = 7
  const copies = [x, y].map((_, which) =>
    Float64Array.from({ length: 6 * count }, (__, k) => Math.sin(5 * k + which) * 2),
  )
  const variables = [x, y].map(({ shape, dtype }, which) => ({ name: which === 0 ? 'x' : 'y', shape, dtype }))
  for (const [name, expression] of Object.entries(expressions)) {
    const [together] = manyAt([expression], variables)(copies, count)
    const [alone] = manyAt([expression], variables, 1)(copies, count)
    const [inParts] = manyAt([expression], variables, 3)(copies, count)
    expect(together, name).toEqual(alone)
    expect(inParts, name).toEqual(alone)
    const last = evaluate(expression, {
      x: fromValues(copies[0]?.subarray(36) ?? [], [2, 3], 'float64'),
      y: fromValues(copies[1]?.subarray(36) ?? [], [3, 2], 'float64'),
    })
    expect(Array.from(alone ?? []).slice(-toArray(last).length), name).toEqual(Array.from(toArray(last)))
  }
})

test('every primitive is tried', () => {
  const tried = new Set(dependencyOrder(Object.values(expressions)).map(({ expression }) => expression.op))
  expect(stackedPrimitives.filter((op) => !tried.has(op))).toEqual([])
})
