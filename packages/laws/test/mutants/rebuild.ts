import {
  abs,
  add,
  argmax,
  broadcastTo,
  cast,
  concatenate,
  cos,
  div,
  equal,
  erf,
  exp,
  expm1,
  floor,
  gather,
  greater,
  greaterEqual,
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
  type Shape,
  type Tensor,
} from '@pullback/core'

const unary = { abs, cos, erf, exp, expm1, floor, log, log1p, neg, sigmoid, sign, sin, sqrt, tanh }

const binary = {
  add,
  sub,
  mul,
  div,
  pow,
  maximum,
  minimum,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
}

const reductions = { sum, max, min }

type Table<F> = Readonly<Record<string, F | undefined>>

export const unaryTable = unary as unknown as Table<(x: AnyTensor) => AnyTensor>
export const binaryTable = binary as unknown as Table<(a: AnyTensor, b: AnyTensor) => AnyTensor>
const reductionTable = reductions as unknown as Table<
  (x: AnyTensor, options: { readonly axes: readonly number[] }) => AnyTensor
>

const integers = (x: AnyTensor): Tensor<Shape, 'int32'> => x as Tensor<Shape, 'int32'>

/** The same operation as that of a tensor on other operands of the same shapes. */
export function rebuilt(tensor: AnyTensor, operands: readonly AnyTensor[]): AnyTensor {
  const { expression } = tensor
  const [a = tensor, b = tensor, c = tensor] = operands
  const simple = unaryTable[expression.op]?.(a) ?? binaryTable[expression.op]?.(a, b)
  if (simple !== undefined) return simple
  switch (expression.op) {
    case 'cast':
      return cast(a, tensor.dtype)
    case 'where':
      return where(integers(a), b, c)
    case 'sum':
    case 'max':
    case 'min':
      return reductionTable[expression.op]?.(a, { axes: expression.axes }) ?? tensor
    case 'argmax':
      return argmax(a, expression.axis)
    case 'matmul': {
      const { transposeA, transposeB } = expression
      return matmul(a as Tensor, b as Tensor, { transposeA, transposeB })
    }
    case 'reshape':
      return reshape(a, tensor.shape)
    case 'transpose':
      return transpose(a, expression.permutation)
    case 'broadcast':
      return broadcastTo(a, tensor.shape)
    case 'slice': {
      const { start, stop, step } = expression
      return slice(a, ...start.map((from, axis) => [from, stop[axis] ?? 0, step[axis] ?? 1] as const))
    }
    case 'concat':
      return concatenate(operands, expression.axis)
    case 'gather':
      return gather(a, integers(b), expression.axis)
    case 'scatterAdd':
      return scatterAdd(a, integers(b), tensor.shape[expression.axis] ?? 0, expression.axis)
    case 'oneHot':
      return oneHot(integers(a), tensor.shape.at(-1) ?? 1, tensor.dtype)
    default:
      return tensor
  }
}
