import {
  abs,
  add,
  broadcastTo,
  cast,
  concatenate,
  div,
  equal,
  exp,
  expm1,
  floor,
  full,
  gather,
  greater,
  greaterEqual,
  isFloat,
  less,
  lessEqual,
  log,
  matmul,
  max,
  maximum,
  minimum,
  mul,
  notEqual,
  pow,
  reshape,
  scatterAdd,
  sign,
  slice,
  sqrt,
  square,
  sub,
  sum,
  transpose,
  where,
  zeros,
  type AnyTensor,
  type Rules,
  type Shape,
  type Tensor,
} from '@pullback/core'

/** How far rounding can put a tensor off, element by element, float64; undefined where nothing is rounded. */
export type Rounded = Tensor | undefined

/** What a rule is given: the tensor y that it judges, the errors of its operands, and the arithmetic. */
export interface Rounding {
  readonly y: AnyTensor
  readonly errors: readonly Rounded[]
  /** The unit roundoff: 2^-53 or 2^-24. */
  readonly unit: number
  /** The least number above 0. */
  readonly least: number
}

type Rule = (expression: { readonly operands: readonly AnyTensor[] }, rounding: Rounding) => Rounded

/** What an operand is, in float64 whatever its dtype. */
const wide = (x: AnyTensor | undefined): Tensor => {
  if (x === undefined) throw new TypeError('rounding: there is no operand')
  return cast(x, 'float64')
}

const size = (x: AnyTensor | undefined): Tensor => abs(wide(x))

const none = (like: AnyTensor): Tensor => zeros([...like.shape], 'float64')

const plus = (a: Rounded, b: Rounded): Rounded => (a && b ? add(a, b) : (a ?? b))

/** The error of rounding y itself, `times` units of it. */
const rounded = ({ y, unit, least }: Rounding, times = 1): Rounded =>
  isFloat(y.dtype) ? add(mul(size(y), times * unit), least) : undefined

/** From here on a sum of float32 magnitudes may overflow on the way. */
const overflowing = 2 ** 127

/** The error of a sum in any order, so many roundings of the sum of the magnitudes. */
function ofSum(magnitudes: Tensor, roundings: number, { unit, least }: Rounding): Tensor {
  const error = add(mul(magnitudes, roundings * unit), least)
  return unit < 2 ** -50 ? error : where(less(magnitudes, overflowing), error, Number.POSITIVE_INFINITY)
}

const yes = (condition: Tensor<Shape, 'int32'>): Tensor => cast(condition, 'float64')

/** 1 where an error is not a number. */
const isUnknown = (e: Tensor): Tensor => yes(notEqual(e, e))

const exact: Rule = () => undefined

/** How far apart a function is at both ends of what its operand may be: exact for steps, and safe for all that rise. */
const spread =
  (f: (x: Tensor) => Tensor): Rule =>
  ({ operands: [x] }, { errors: [e] }) =>
    e && sub(f(add(wide(x), e)), f(sub(wide(x), e)))

/** A smooth function: slope times e, and the curvature, at most 1, for what is left. */
const smooth =
  (slope: (x: Tensor, y: Tensor) => Tensor, times = 4): Rule =>
  ({ operands: [x] }, rounding) => {
    const [e] = rounding.errors
    const own = rounded(rounding, times)
    return plus(e && add(mul(abs(slope(wide(x), wide(rounding.y))), e), mul(square(e), 0.5)), own)
  }

/** What follows from an error; nothing from none, and what is not known from one that is not. */
const whereAny = (e: Tensor, follows: Tensor): Tensor => where(equal(e, 0), 0, follows)

/** A function whose error grows without bounds where its operand may reach the edge of its domain. */
const rough =
  (error: (x: Tensor, y: Tensor, e: Tensor) => Tensor): Rule =>
  ({ operands: [x] }, rounding) => {
    const [e] = rounding.errors
    const own = rounded(rounding, 4)
    return plus(e && whereAny(e, error(wide(x), wide(rounding.y), e)), own)
  }

const same =
  (again: (e: Tensor) => Tensor): Rule =>
  (_, { errors: [e] }) =>
    e && again(e)

/** e / (room - e), infinite where there is no room. */
const within = (e: Tensor, room: Tensor): Tensor =>
  where(greater(room, e), div(e, sub(room, e)), Number.POSITIVE_INFINITY)

const sumRule: Rule = (_, rounding) => {
  const [ea, eb] = rounding.errors
  return plus(plus(ea, eb), rounded(rounding))
}

/** The larger or smaller of two: the error of the one that is clearly so, else the larger error. */
const picked: Rule = ({ operands: [a, b] }, { y, errors: [ea, eb] }) => {
  if (ea === undefined && eb === undefined) return undefined
  const [left, right] = [ea ?? none(y), eb ?? none(y)]
  const clear = greater(size(sub(wide(a), wide(b))), add(left, right))
  return where(clear, where(equal(wide(a), wide(y)), left, right), maximum(left, right))
}

/** Operations that take an element from where it was, followed back to where it came from. */
const moves = new Set(['reshape', 'broadcast'])

const origin = (tensor: AnyTensor): AnyTensor => {
  let at = tensor
  for (
    let [next] = at.expression.operands;
    next !== undefined && moves.has(at.expression.op);
    [next] = at.expression.operands
  )
    at = next
  return at
}

/** Whether b is the largest or smallest of the elements of a: where they are equal, they are so without rounding. */
const isExtremeOf = (a: AnyTensor, b: AnyTensor): boolean => {
  const { op, operands } = origin(b).expression
  return (op === 'max' || op === 'min') && operands[0] === a
}

/** 1 where rounding can turn a comparison around, else 0. */
const comparison: Rule = ({ operands: [a, b] }, { y, errors: [ea, eb] }) => {
  if (a === undefined || b === undefined || (ea === undefined && eb === undefined)) return undefined
  const reach = add(ea ?? none(y), eb ?? none(y))
  const reached = mul(yes(greater(reach, 0)), yes(lessEqual(size(sub(wide(a), wide(b))), reach)))
  const near = maximum(reached, isUnknown(reach))
  return isExtremeOf(a, b) || isExtremeOf(b, a) ? mul(near, yes(notEqual(wide(a), wide(b)))) : near
}

const reduced: Rule = (expression, { errors: [e] }) =>
  e && max(e, { axes: (expression as unknown as { axes: readonly number[] }).axes })

const along = (e: Tensor | undefined, f: (e: Tensor) => Tensor): Rounded => e && f(e)

/**
 * Running error analysis: for every primitive, how far its result can be off in terms of the errors of its operands, to
 * first order and where that is not safe beyond.
 *
 * Source: Higham, "Accuracy and Stability of Numerical Algorithms", chapter 3.
 */
export const roundingRules: Rules<[Rounding], Rounded> = {
  constant: exact,
  input: exact,
  iota: exact,

  neg: same((e) => e),
  abs: same((e) => e),
  sign: spread(sign),
  floor: spread(floor),
  sqrt: rough((_, y, e) => minimum(div(e, maximum(y, Number.MIN_VALUE)), sqrt(mul(e, 2)))),
  exp: rough((_, y, e) => mul(y, expm1(e))),
  expm1: rough((_, y, e) => mul(add(y, 1), expm1(e))),
  log: rough((x, _, e) => within(e, abs(x))),
  log1p: rough((x, _, e) => within(e, add(x, 1))),
  sin: smooth(() => full([], 1, 'float64')),
  cos: smooth(() => full([], 1, 'float64')),
  tanh: smooth((_, y) => sub(1, square(y))),
  sigmoid: smooth((_, y) => mul(y, sub(1, y))),
  erf: smooth((x) => mul(exp(sub(0, square(x))), 2 / Math.sqrt(Math.PI)), 8),
  cast: (_, rounding) => {
    const [e] = rounding.errors
    if (!isFloat(rounding.y.dtype)) return e && add(e, 1)
    // What float64 holds of anything else is exact.
    return rounding.unit > 2 ** -52 ? plus(e, rounded(rounding)) : e
  },

  add: sumRule,
  sub: sumRule,
  mul: ({ operands: [a, b] }, rounding) => {
    const [ea, eb] = rounding.errors
    const first = plus(ea && mul(ea, size(b)), eb && mul(eb, size(a)))
    return plus(plus(first, ea && eb && mul(ea, eb)), rounded(rounding))
  },
  div: ({ operands: [, b] }, rounding) => {
    const [ea, eb] = rounding.errors
    const change = plus(ea, eb && mul(eb, size(rounding.y)))
    const room = eb ? sub(size(b), eb) : size(b)
    return plus(
      change && whereAny(change, where(greater(room, 0), div(change, room), Infinity)),
      rounded(rounding),
    )
  },
  pow: ({ operands: [a, b] }, rounding) => {
    const [ea, eb] = rounding.errors
    const relative = plus(
      ea && mul(whereAny(ea, within(ea, size(a))), size(b)),
      eb && mul(eb, where(greater(size(a), 0), size(log(maximum(size(a), Number.MIN_VALUE))), 0)),
    )
    const change =
      relative &&
      whereAny(
        relative,
        where(
          lessEqual(relative, 700),
          mul(size(rounding.y), expm1(relative)),
          pow(add(size(a), ea ?? 0), size(b)),
        ),
      )
    return plus(change, rounded(rounding, 4))
  },
  maximum: picked,
  minimum: picked,

  equal: comparison,
  notEqual: comparison,
  less: comparison,
  lessEqual: comparison,
  greater: comparison,
  greaterEqual: comparison,
  where: ({ operands: [condition, a, b] }, { y, errors: [ec, ea, eb] }) => {
    if (ec === undefined && ea === undefined && eb === undefined) return undefined
    const [left, right] = [ea ?? none(y), eb ?? none(y)]
    const chosen = where(condition as Tensor<Shape, 'int32'>, left, right)
    if (ec === undefined) return chosen
    return where(greater(ec, 0), add(size(sub(wide(a), wide(b))), maximum(left, right)), chosen)
  },

  sum: ({ operands: [x], axes }, rounding) => {
    const [e] = rounding.errors
    const count = axes.reduce((product, axis) => product * (x.shape[axis] ?? 1), 1)
    const own = isFloat(x.dtype) ? ofSum(sum(size(x), { axes }), count, rounding) : undefined
    return plus(e && sum(e, { axes }), own)
  },
  max: reduced,
  min: reduced,
  argmax: ({ operands: [x], axis }, { errors: [e] }) => {
    if (e === undefined) return undefined
    const reach = max(e, { axes: axis, keepDims: true })
    const top = max(wide(x), { axes: axis, keepDims: true })
    const near = sum(yes(greaterEqual(add(wide(x), mul(reach, 2)), top)), { axes: axis })
    const largest = max(e, { axes: axis })
    const doubtful = mul(yes(greater(near, 1)), yes(greater(largest, 0)))
    return mul(maximum(doubtful, isUnknown(largest)), x.shape[axis] ?? 1)
  },

  matmul: ({ operands: [a, b], transposeA, transposeB }, rounding) => {
    const [ea, eb] = rounding.errors
    const inner = a.shape.at(transposeA ? -2 : -1) ?? 1
    const times = (x: Tensor, y: Tensor) => matmul(x, y, { transposeA, transposeB })
    const left = ea ? add(size(a), ea) : size(a)
    const own = ofSum(times(size(a), size(b)), inner + 1, rounding)
    return plus(plus(ea && times(ea, size(b)), eb && times(left, eb)), own)
  },

  reshape: (_, { y, errors: [e] }) => along(e, (error) => reshape(error, y.shape)),
  transpose: ({ permutation }, { errors: [e] }) => along(e, (error) => transpose(error, permutation)),
  broadcast: (_, { y, errors: [e] }) => along(e, (error) => broadcastTo(error, y.shape)),
  slice: ({ start, stop, step }, { errors: [e] }) =>
    along(e, (error) =>
      slice(error, ...start.map((from, axis) => [from, stop[axis] ?? 0, step[axis] ?? 1] as const)),
    ),
  concat: ({ operands, axis }, { errors }) =>
    errors.every((e) => e === undefined)
      ? undefined
      : concatenate(
          operands.map((operand, index) => errors[index] ?? none(operand)),
          axis,
        ),

  gather: ({ operands: [, indices], axis }, { y, errors: [e, ei] }) => {
    if (ei) return broadcastTo(full([], Infinity, 'float64'), y.shape)
    return e && gather(e, indices as Tensor<Shape, 'int32'>, axis)
  },
  scatterAdd: ({ operands: [x, indices], axis }, rounding) => {
    const { y, errors } = rounding
    const [e, ei] = errors
    const into = (values: Tensor) =>
      scatterAdd(values, indices as Tensor<Shape, 'int32'>, y.shape[axis] ?? 0, axis)
    if (ei) return broadcastTo(full([], Infinity, 'float64'), y.shape)
    const own = isFloat(x.dtype) ? ofSum(into(size(x)), x.shape[axis] ?? 1, rounding) : undefined
    return plus(e && into(e), own)
  },
  oneHot: (_, { y, errors: [e] }) => {
    if (e === undefined) return undefined
    const doubtful = yes(greater(e, 0))
    return broadcastTo(reshape(doubtful, [...doubtful.shape, 1]), y.shape)
  },

  random: (_, rounding) => (rounding.unit > 2 ** -52 ? rounded(rounding) : undefined),
}
