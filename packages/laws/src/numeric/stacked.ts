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
  exp,
  expm1,
  floor,
  gather,
  greater,
  greaterEqual,
  input,
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
  reshape,
  scatterAdd,
  sigmoid,
  sign,
  sin,
  slice,
  sqrt,
  sub,
  sum,
  tanh,
  transpose,
  where,
  type AnyTensor,
  type Op,
  type Rules,
  type Shape,
  type Tensor,
} from '@pullback/core'

/** An operand with a leading axis of as many copies as are evaluated at once, or the one that all of them share. */
interface Operand {
  readonly tensor: AnyTensor
  readonly stacked: boolean
}

/** What a rule knows: how many copies, the tensor as it was, and its operands as they have become. */
interface Setting {
  readonly count: number
  readonly tensor: AnyTensor
  readonly operands: readonly Operand[]
}

type Float = Tensor
type Integer = Tensor<Shape, 'int32'>

function operand({ operands, tensor }: Setting, index: number): Operand {
  const found = operands[index]
  if (found === undefined) throw new Error(`${tensor.expression.op} has no operand ${index}`)
  return found
}

const at = (setting: Setting, index: number): AnyTensor => operand(setting, index).tensor

/** The operand with a leading axis, whether it had one or not. */
const spread = (setting: Setting, index: number): AnyTensor => {
  const { tensor, stacked } = operand(setting, index)
  return stacked ? tensor : broadcastTo(tensor, [setting.count, ...tensor.shape])
}

const unary = (f: (x: Float) => AnyTensor) => (_: unknown, setting: Setting) => f(at(setting, 0) as Float)

// Operands of one shape, one of them with a leading axis, broadcast.
const binary = (f: (a: Float, b: Float) => AnyTensor) => (_: unknown, setting: Setting) =>
  f(at(setting, 0) as Float, at(setting, 1) as Float)

const reduction =
  (f: (x: AnyTensor, options: { readonly axes: readonly number[] }) => AnyTensor) =>
  ({ axes }: { readonly axes: readonly number[] }, setting: Setting) =>
    f(at(setting, 0), { axes: axes.map((axis) => axis + 1) })

/** One copy after the other: for what has no form with a leading axis. */
function oneByOne(setting: Setting, f: (...operands: readonly AnyTensor[]) => AnyTensor): AnyTensor {
  const copies = Array.from({ length: setting.count }, (_, copy) => {
    const own = setting.operands.map(({ tensor, stacked }) =>
      stacked ? reshape(slice(tensor, [copy, copy + 1]), tensor.shape.slice(1)) : tensor,
    )
    return reshape(f(...own), [1, ...setting.tensor.shape])
  })
  return concatenate(copies)
}

const shared = (_: unknown, { tensor }: Setting): AnyTensor => tensor

const rules: Rules<[Setting], AnyTensor> = {
  constant: shared,
  input: ({ name }, { count, tensor }) => input(name, [count, ...tensor.shape], tensor.dtype),
  iota: shared,

  neg: unary(neg),
  abs: unary(abs),
  sign: unary(sign),
  floor: unary(floor),
  sqrt: unary(sqrt),
  exp: unary(exp),
  expm1: unary(expm1),
  log: unary(log),
  log1p: unary(log1p),
  sin: unary(sin),
  cos: unary(cos),
  tanh: unary(tanh),
  sigmoid: unary(sigmoid),
  erf: unary(erf),
  cast: (_, setting) => cast(at(setting, 0), setting.tensor.dtype),

  add: binary(add),
  sub: binary(sub),
  mul: binary(mul),
  div: binary(div),
  pow: binary(pow),
  maximum: binary(maximum),
  minimum: binary(minimum),

  equal: binary(equal),
  notEqual: binary(notEqual),
  less: binary(less),
  lessEqual: binary(lessEqual),
  greater: binary(greater),
  greaterEqual: binary(greaterEqual),
  where: (_, setting) => where(at(setting, 0) as Integer, at(setting, 1), at(setting, 2)),

  sum: reduction((x, options) => sum(x, options)),
  max: reduction((x, options) => max(x, options)),
  min: reduction((x, options) => min(x, options)),
  argmax: ({ axis }, setting) => argmax(at(setting, 0), axis + 1),

  matmul: ({ transposeA, transposeB }, setting) =>
    matmul(at(setting, 0) as Float, at(setting, 1) as Float, { transposeA, transposeB }),

  reshape: (_, setting) => reshape(at(setting, 0), [setting.count, ...setting.tensor.shape]),
  transpose: ({ permutation }, setting) =>
    transpose(at(setting, 0), [0, ...permutation.map((axis) => axis + 1)]),
  broadcast: (_, setting) => {
    const x = at(setting, 0)
    const { shape } = setting.tensor
    const missing = Array.from({ length: shape.length + 1 - x.shape.length }, () => 1)
    return broadcastTo(reshape(x, [setting.count, ...missing, ...x.shape.slice(1)]), [
      setting.count,
      ...shape,
    ])
  },
  slice: ({ start, stop, step }, setting) =>
    slice(
      at(setting, 0),
      [0, setting.count],
      ...start.map((from, axis) => [from, stop[axis] ?? 0, step[axis] ?? 1] as const),
    ),
  concat: ({ axis }, setting) =>
    concatenate(
      setting.operands.map((_, index) => spread(setting, index)),
      axis + 1,
    ),

  gather: ({ axis }, setting) =>
    operand(setting, 1).stacked
      ? oneByOne(setting, (x, indices) => gather(x as Float, indices as Integer, axis))
      : gather(at(setting, 0), at(setting, 1) as Integer, axis + 1),
  scatterAdd: ({ axis }, setting) => {
    const size = setting.tensor.shape[axis] ?? 0
    return operand(setting, 1).stacked
      ? oneByOne(setting, (x, indices) => scatterAdd(x as Float, indices as Integer, size, axis))
      : scatterAdd(at(setting, 0), at(setting, 1) as Integer, size, axis + 1)
  },
  oneHot: (_, { tensor, ...setting }) =>
    oneHot(at({ tensor, ...setting }, 0) as Integer, tensor.shape.at(-1) ?? 0, tensor.dtype),

  // What is drawn depends on a key alone, which is never among the inputs that differ from copy to copy.
  random: (_, { tensor }) => {
    throw new TypeError(`${tensor.expression.op}: a key that depends on a float input is not supported`)
  },
}

/** What is put in the place of an operand that differs from copy to copy. */
export type Adjust = (tensor: AnyTensor, operand: AnyTensor, position: number) => AnyTensor

/**
 * Expressions that compute `count` copies at once: the inputs named get a leading axis, and so does every result.
 *
 * Evaluating a small expression is mostly the cost of walking it, which copies evaluated together share.
 *
 * @param adjust changes operands on their way into a primitive
 */
export function stacked(
  roots: readonly AnyTensor[],
  names: readonly string[],
  count: number,
  adjust: Adjust = (_, operand) => operand,
): readonly AnyTensor[] {
  const known = new Map<AnyTensor, Operand>()
  const find = (tensor: AnyTensor): Operand => {
    const found = known.get(tensor)
    if (found === undefined) throw new Error(`${tensor.expression.op} comes too late in the order`)
    return found
  }
  for (const tensor of dependencyOrder(roots)) {
    const { expression } = tensor
    const operands = expression.operands.map(find).map((given, position) => ({
      tensor: given.stacked ? adjust(tensor, given.tensor, position) : given.tensor,
      stacked: given.stacked,
    }))
    const varies =
      expression.op === 'input'
        ? names.includes(expression.name)
        : operands.some(({ stacked: differs }) => differs)
    const rule = rules[expression.op] as (of: typeof expression, setting: Setting) => AnyTensor
    known.set(tensor, {
      tensor: varies ? rule(expression, { count, tensor, operands }) : tensor,
      stacked: varies,
    })
  }
  return roots.map((root) => {
    const { tensor, stacked: varies } = find(root)
    return varies ? tensor : broadcastTo(tensor, [count, ...tensor.shape])
  })
}

/** The primitives that stacking has a rule for: all of them. */
export const stackedPrimitives = Object.keys(rules) as readonly Op[]
