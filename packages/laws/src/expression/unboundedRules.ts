import {
  abs,
  add,
  broadcastTo,
  cast,
  concatenate,
  div,
  equal,
  erf,
  expm1,
  floor,
  gather,
  greater,
  greaterEqual,
  isFloat,
  less,
  lessEqual,
  log,
  log1p,
  matmul,
  max,
  maximum,
  mul,
  notEqual,
  pow,
  reshape,
  scatterAdd,
  sigmoid,
  sign,
  slice,
  sqrt,
  sub,
  sum,
  tanh,
  transpose,
  where,
  sin,
  cos,
  type AnyTensor,
  type Rules,
  type Shape,
  type Tensor,
} from '@pullback/core'

import {
  aligned,
  below,
  at,
  exponential,
  isLarge,
  logarithm,
  negative,
  normal,
  plain,
  power,
  product,
  sumOf,
  toFloat,
  zero,
  type Unbounded,
} from './unbounded.ts'

const choose = (condition: Tensor<Shape, 'int32'>, a: Unbounded, b: Unbounded): Unbounded => ({
  m: where(condition, a.m, b.m),
  e: where(condition, a.e, b.e),
})

const one = (like: Unbounded): Unbounded => plain(add(zero(like.e), 1))

/** Operations on a number that a float holds; where it does not, on an infinite one. */
const onFloat =
  (f: (x: Tensor) => Tensor) =>
  (_: unknown, values: readonly Unbounded[]): Unbounded =>
    plain(f(toFloat(at(values, 0))))

const along = (axes: readonly number[], x: Unbounded, f: (m: Tensor) => Tensor): Unbounded => {
  const exponents = where(equal(x.m, 0), -1e300, x.e)
  if (axes.some((axis) => x.m.shape[axis] === 0)) return plain(f(x.m))
  const largest = max(exponents, { axes, keepDims: true })
  const e = where(less(largest, -1e8), 0, largest)
  const m = f(mul(x.m, below(x.e, e)))
  return normal({ m, e: reshape(e, [...m.shape]) })
}

const comparison =
  (compare: (a: Tensor, b: Tensor) => Tensor<Shape, 'int32'>) =>
  (_: unknown, values: readonly Unbounded[]): Unbounded => {
    const [a, b] = aligned(at(values, 0), at(values, 1))
    return plain(cast(compare(a, b), 'float64'))
  }

const moved =
  <E>(move: (expression: E, x: Tensor, y: AnyTensor) => Tensor) =>
  (expression: E, values: readonly Unbounded[], y: AnyTensor): Unbounded => ({
    m: move(expression, at(values, 0).m, y),
    e: move(expression, at(values, 0).e, y),
  })

const integers = (x: Unbounded): Tensor<Shape, 'int32'> => cast(toFloat(x), 'int32')

export type UnboundedRules = Rules<[readonly Unbounded[], AnyTensor], Unbounded>

/**
 * The primitives on numbers whose exponent has no bounds: what the layer's expression means, however large the numbers
 * on the way.
 */
export const unboundedRules: UnboundedRules = {
  constant: (_, __, y) => plain(cast(y, 'float64')),
  input: (_, __, y) => plain(cast(y, 'float64')),
  iota: (_, __, y) => plain(cast(y, 'float64')),
  random: (_, __, y) => plain(cast(y, 'float64')),

  neg: (_, values) => negative(at(values, 0)),
  abs: (_, values) => ({ m: abs(at(values, 0).m), e: at(values, 0).e }),
  sign: (_, values) => plain(sign(at(values, 0).m)),
  floor: (_, values) => choose(isLarge(at(values, 0)), at(values, 0), plain(floor(toFloat(at(values, 0))))),
  sqrt: (_, values) => {
    const { m, e } = at(values, 0)
    const h = floor(mul(e, 0.5))
    return normal({ m: mul(sqrt(m), sqrt(power(sub(e, mul(h, 2))))), e: h })
  },
  exp: (_, values) => exponential(at(values, 0)),
  expm1: (_, values) => {
    const x = at(values, 0)
    const value = toFloat(x)
    return choose(less(value, 600), plain(expm1(value)), exponential(x))
  },
  log: (_, values) => logarithm(at(values, 0)),
  log1p: (_, values) => {
    const x = at(values, 0)
    return choose(isLarge(x), logarithm(x), plain(log1p(toFloat(x))))
  },
  sin: onFloat(sin),
  cos: onFloat(cos),
  tanh: onFloat(tanh),
  sigmoid: (_, values) => {
    const x = at(values, 0)
    return choose(less(toFloat(x), -600), exponential(x), plain(sigmoid(toFloat(x))))
  },
  erf: onFloat(erf),
  cast: ({ operands: [x] }, values, y) => {
    const value = at(values, 0)
    if (!isFloat(y.dtype)) return plain(cast(integers(value), 'float64'))
    if (y.dtype === 'float64' && x.dtype !== 'float32') return value
    // A float32 on the way that is too large is a choice of the layer's author.
    return choose(greater(abs(toFloat(value)), 3.4e38), plain(add(zero(value.e), Infinity)), value)
  },

  add: (_, values) => sumOf(at(values, 0), at(values, 1)),
  sub: (_, values) => sumOf(at(values, 0), negative(at(values, 1))),
  mul: (_, values) => product(at(values, 0), at(values, 1)),
  div: (_, values, y) => {
    const [a, b] = [at(values, 0), at(values, 1)]
    if (!isFloat(y.dtype)) return plain(cast(y, 'float64'))
    return normal({ m: div(a.m, b.m), e: sub(a.e, b.e) })
  },
  pow: (_, values) => {
    const [a, b] = [at(values, 0), at(values, 1)]
    const direct = pow(toFloat(a), toFloat(b))
    const size = choose(greater(abs(a.m), 0), { m: abs(a.m), e: a.e }, one(a))
    const large = exponential(product(b, logarithm(size)))
    const fits = less(abs(mul(toFloat(b), log(maximum(toFloat(size), Number.MIN_VALUE)))), 600)
    return choose(fits, plain(direct), {
      m: mul(large.m, where(less(a.m, 0), sign(pow(-1, toFloat(b))), 1)),
      e: large.e,
    })
  },
  maximum: (_, values) => {
    const [a, b] = [at(values, 0), at(values, 1)]
    const [x, y] = aligned(a, b)
    return choose(greater(x, y), a, b)
  },
  minimum: (_, values) => {
    const [a, b] = [at(values, 0), at(values, 1)]
    const [x, y] = aligned(a, b)
    return choose(less(x, y), a, b)
  },

  equal: comparison((a, b) => equal(a, b)),
  notEqual: comparison((a, b) => notEqual(a, b)),
  less: comparison((a, b) => less(a, b)),
  lessEqual: comparison((a, b) => lessEqual(a, b)),
  greater: comparison((a, b) => greater(a, b)),
  greaterEqual: comparison((a, b) => greaterEqual(a, b)),
  where: (_, values) => choose(notEqual(at(values, 0).m, 0), at(values, 1), at(values, 2)),

  sum: ({ axes }, values) => along(axes, at(values, 0), (m) => sum(m, { axes })),
  max: ({ axes }, values) => along(axes, at(values, 0), (m) => max(m, { axes })),
  min: ({ axes }, values) => negative(along(axes, negative(at(values, 0)), (m) => max(m, { axes }))),
  argmax: (_, __, y) => plain(cast(y, 'float64')),

  matmul: ({ transposeA, transposeB }, values) => {
    const [a, b] = [at(values, 0), at(values, 1)]
    const left = scaledTo(a, transposeA ? -2 : -1)
    const right = scaledTo(b, transposeB ? -1 : -2)
    const e = add(transposeA ? turned(left.e) : left.e, transposeB ? turned(right.e) : right.e)
    return normal({ m: matmul(left.m, right.m, { transposeA, transposeB }), e })
  },

  reshape: moved((_, x, y) => reshape(x, y.shape)),
  transpose: moved((expression: { permutation: readonly number[] }, x) =>
    transpose(x, expression.permutation),
  ),
  broadcast: moved((_, x, y) => broadcastTo(x, y.shape)),
  slice: moved(
    (expression: { start: readonly number[]; stop: readonly number[]; step: readonly number[] }, x) =>
      slice(
        x,
        ...expression.start.map(
          (from, axis) => [from, expression.stop[axis] ?? 0, expression.step[axis] ?? 1] as const,
        ),
      ),
  ),
  concat: ({ axis }, values) => ({
    m: concatenate(
      values.map(({ m }) => m),
      axis,
    ),
    e: concatenate(
      values.map(({ e }) => e),
      axis,
    ),
  }),
  gather: ({ axis }, values) => {
    const [x, index] = [at(values, 0), integers(at(values, 1))]
    return { m: gather(x.m, index, axis), e: gather(x.e, index, axis) }
  },
  scatterAdd: ({ axis }, values, y) => {
    const [x, index] = [at(values, 0), integers(at(values, 1))]
    const axes = x.m.shape.map((_, position) => position)
    return along(axes, x, (m) => scatterAdd(m, index, y.shape[axis] ?? 0, axis))
  },
  oneHot: (_, __, y) => plain(cast(y, 'float64')),
}

const turned = (x: Tensor): Tensor =>
  transpose(
    x,
    [...x.shape.keys()].map((axis, _, { length }) => (axis < length - 2 ? axis : 2 * length - 3 - axis)),
  )

/** Rows, or columns, with one exponent each. */
function scaledTo(x: Unbounded, axis: number): Unbounded {
  if (x.m.shape.at(axis) === 0) return x
  const e = max(where(equal(x.m, 0), -1e300, x.e), { axes: axis, keepDims: true })
  const largest = where(less(e, -1e8), 0, e)
  return { m: mul(x.m, below(x.e, largest)), e: largest }
}
