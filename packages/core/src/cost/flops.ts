import type { Rules } from '../tensor/expression.ts'
import { elementCount } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'

const nothing = (): number => 0

const perElement = (_: unknown, { shape }: AnyTensor): number => elementCount(shape)

const perOperandElement = ({
  operands: [x],
}: {
  readonly operands: readonly [AnyTensor, ...AnyTensor[]]
}): number => elementCount(x.shape)

/**
 * How many operations on numbers each primitive is: one for every element computed, two for every step of a matrix
 * product (multiply and add), one for every element reduced. What only moves, chooses or converts elements is none.
 */
export const flops: Rules<[tensor: AnyTensor], number> = {
  constant: nothing,
  input: nothing,
  iota: nothing,

  neg: perElement,
  abs: perElement,
  sign: perElement,
  floor: perElement,
  sqrt: perElement,
  exp: perElement,
  expm1: perElement,
  log: perElement,
  log1p: perElement,
  sin: perElement,
  cos: perElement,
  tanh: perElement,
  sigmoid: perElement,
  erf: perElement,
  cast: nothing,

  add: perElement,
  sub: perElement,
  mul: perElement,
  div: perElement,
  pow: perElement,
  maximum: perElement,
  minimum: perElement,

  equal: perElement,
  notEqual: perElement,
  less: perElement,
  lessEqual: perElement,
  greater: perElement,
  greaterEqual: perElement,
  where: nothing,

  sum: perOperandElement,
  max: perOperandElement,
  min: perOperandElement,
  argmax: perOperandElement,

  matmul: ({ operands: [a], transposeA }, { shape }) =>
    2 * elementCount(shape) * (a.shape.at(transposeA ? -2 : -1) ?? 1),

  reshape: nothing,
  transpose: nothing,
  broadcast: nothing,
  slice: nothing,
  concat: nothing,

  gather: nothing,
  scatterAdd: perOperandElement,
  oneHot: nothing,

  random: perElement,
}

/** The rule of an expression, applied to it. */
export function flopsOf(tensor: AnyTensor): number {
  const { expression } = tensor
  const rule = flops[expression.op] as (of: typeof expression, tensor: AnyTensor) => number
  return rule(expression, tensor)
}
