import type { Rules } from '../../tensor/expression.ts'
import { elementCount } from '../../tensor/shape.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'

/**
 * How a primitive gets its elements: from outside (`leaf`), as a number in the code (`scalar`), by operations on the
 * elements at the same position (`code`), by another access to its operand (`view`), by a reduction, by a kernel.
 */
export type Role = 'leaf' | 'scalar' | 'code' | 'view' | 'reduction' | 'kernel'

const code = (): Role => 'code'
const view = (): Role => 'view'
const kernel = (): Role => 'kernel'

interface Reduction {
  readonly axes: readonly number[]
  readonly operands: readonly [AnyTensor]
}

const extreme = ({ axes, operands: [x] }: Reduction): Role =>
  axes.every((axis) => x.shape[axis] === 1) ? 'view' : 'reduction'

/** A sum of one float is code: it adds the number to 0, which makes 0 of -0. */
const sum = (expression: Reduction, { dtype }: AnyTensor): Role =>
  extreme(expression) === 'view' && dtype !== 'int32' ? 'code' : extreme(expression)

const roles: Rules<[AnyTensor], Role> = {
  constant: (_, { shape }) => (elementCount(shape) === 1 ? 'scalar' : 'leaf'),
  input: () => 'leaf',
  iota: code,
  neg: code,
  abs: code,
  sign: code,
  floor: code,
  sqrt: code,
  exp: code,
  expm1: code,
  log: code,
  log1p: code,
  sin: code,
  cos: code,
  tanh: code,
  sigmoid: code,
  erf: code,
  cast: code,
  add: code,
  sub: code,
  mul: code,
  div: code,
  pow: code,
  maximum: code,
  minimum: code,
  equal: code,
  notEqual: code,
  less: code,
  lessEqual: code,
  greater: code,
  greaterEqual: code,
  where: code,
  sum,
  max: extreme,
  min: extreme,
  argmax: ({ axis, operands: [x] }) => (x.shape[axis] === 1 ? 'code' : 'reduction'),
  matmul: kernel,
  reshape: view,
  transpose: view,
  broadcast: view,
  slice: view,
  concat: kernel,
  gather: kernel,
  scatterAdd: kernel,
  oneHot: code,
  random: kernel,
}

export function roleOf(tensor: AnyTensor): Role {
  const { expression } = tensor
  const rule = roles[expression.op] as (of: typeof expression, tensor: AnyTensor) => Role
  return rule(expression, tensor)
}
