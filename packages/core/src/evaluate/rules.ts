import type { ExpressionOf, Rules } from '../tensor/expression.ts'
import { stridesOf } from '../tensor/shape.ts'
import { peek } from '../tensor/values.ts'
import { denseBuffer, type Buffer } from './buffer.ts'
import { elementwise1, elementwise2, elementwiseWhere } from './elementwiseRules.ts'
import { gatherRule, oneHotRule, scatterAddRule } from './indexingRules.ts'
import { binaryLoops, int32Loops } from './kernels/binary.ts'
import { multiplier } from './kernels/matmul.ts'
import type { Matrix } from './kernels/matrix.ts'
import { reduceLoops, type ReduceLoop } from './kernels/reduce.ts'
import { stridedCopy } from './kernels/strided.ts'
import { castLoops, unaryLoops } from './kernels/unary.ts'
import {
  aroundAxis,
  broadcastRule,
  concatRule,
  reshapeRule,
  sliceRule,
  transposeRule,
} from './movementRules.ts'
import { randomRule } from './randomRule.ts'
import { bufferOf, denseOperand, filled, operandOf, type Step } from './step.ts'

const unary = (op: keyof typeof unaryLoops) => (_: unknown, step: Step) => elementwise1(step, unaryLoops[op])

const binary = (op: keyof typeof binaryLoops) => (_: unknown, step: Step) =>
  elementwise2(step, binaryLoops[op])

const arithmetic = (op: keyof typeof int32Loops) => (_: unknown, step: Step) =>
  elementwise2(step, step.tensor.dtype === 'int32' ? int32Loops[op] : binaryLoops[op])

/** Reduces axes that follow each other as one, and moves them behind the others if they do not. */
function reduce(step: Step, axes: readonly number[], loop: ReduceLoop): Buffer {
  const { shape, dtype } = operandOf(step, 0)
  const data = denseOperand(step, 0)
  const first = axes[0] ?? 0
  const last = axes.at(-1) ?? 0
  let count = 1
  for (const axis of axes) count *= shape[axis] ?? 1
  if (last - first === axes.length - 1) {
    const { outer } = aroundAxis(shape, first)
    const { inner } = aroundAxis(shape, last)
    return filled(step, (out) => loop(out, data, outer, count, inner))
  }
  const order = [...shape.keys()].filter((axis) => !axes.includes(axis)).concat(axes)
  const strides = stridesOf(shape)
  const together = step.memory.take(dtype, data.length, shape)
  stridedCopy(
    together,
    data,
    0,
    order.map((axis) => shape[axis] ?? 1),
    order.map((axis) => strides[axis] ?? 0),
  )
  const result = filled(step, (out) => loop(out, together, out.length, count, 1))
  step.memory.give(dtype, together)
  return result
}

/**
 * The matrices of an operand, one for each item of the batch. A batch that repeats one matrix, as a weight broadcast to
 * it does, is not copied.
 */
function matricesOf(step: Step, index: number, transposed: boolean): (item: number) => Matrix {
  const { shape } = operandOf(step, index)
  const columns = shape.at(-1) ?? 1
  const size = columns * (shape.at(-2) ?? 1)
  const buffer = bufferOf(step, index)
  const shared = buffer.repeat === 1 && buffer.data.length === size
  const data = shared ? buffer.data : denseOperand(step, index)
  const [rowStride, columnStride] = transposed ? [1, columns] : [columns, 1]
  return (item) => ({ data, offset: shared ? 0 : item * size, rowStride, columnStride })
}

function matmulRule({ transposeA, transposeB }: ExpressionOf<'matmul'>, step: Step): Buffer {
  const { shape } = step.tensor
  const m = shape.at(-2) ?? 1
  const n = shape.at(-1) ?? 1
  const k = operandOf(step, 0).shape.at(transposeA ? -2 : -1) ?? 1
  const a = matricesOf(step, 0, transposeA)
  const b = matricesOf(step, 1, transposeB)
  const multiply = multiplier(m, k, n)
  return filled(step, (out) => {
    for (let item = 0, offset = 0; offset < out.length; item++, offset += m * n)
      multiply(a(item), b(item), out, offset)
  })
}

/** How the reference interpreter computes every primitive. */
export const rules: Rules<[Step], Buffer> = {
  constant: ({ values }) => denseBuffer(peek(values), false),
  input: ({ name }) => {
    throw new TypeError(`input '${name}' has no value`)
  },
  iota: ({ axis }, step) => {
    const { count, inner } = aroundAxis(step.tensor.shape, axis)
    return filled(step, (out) => {
      for (let at = 0; at < out.length; at++) out[at] = Math.floor(at / inner) % count
    })
  },

  neg: unary('neg'),
  abs: unary('abs'),
  sign: unary('sign'),
  floor: unary('floor'),
  sqrt: unary('sqrt'),
  exp: unary('exp'),
  expm1: unary('expm1'),
  log: unary('log'),
  log1p: unary('log1p'),
  sin: unary('sin'),
  cos: unary('cos'),
  tanh: unary('tanh'),
  sigmoid: unary('sigmoid'),
  erf: unary('erf'),
  cast: (_, step) =>
    elementwise1(step, step.tensor.dtype === 'int32' ? castLoops.toInt32 : castLoops.toFloat),

  add: binary('add'),
  sub: binary('sub'),
  mul: arithmetic('mul'),
  div: arithmetic('div'),
  pow: arithmetic('pow'),
  maximum: binary('maximum'),
  minimum: binary('minimum'),

  equal: binary('equal'),
  notEqual: binary('notEqual'),
  less: binary('less'),
  lessEqual: binary('lessEqual'),
  greater: binary('greater'),
  greaterEqual: binary('greaterEqual'),
  where: (_, step) => elementwiseWhere(step),

  sum: ({ axes }, step) => reduce(step, axes, reduceLoops.sum),
  max: ({ axes }, step) => reduce(step, axes, reduceLoops.max),
  min: ({ axes }, step) => reduce(step, axes, reduceLoops.min),
  argmax: ({ axis }, step) => reduce(step, [axis], reduceLoops.argmax),

  matmul: matmulRule,

  reshape: (_, step) => reshapeRule(step),
  transpose: transposeRule,
  broadcast: (_, step) => broadcastRule(step),
  slice: sliceRule,
  concat: concatRule,

  gather: gatherRule,
  scatterAdd: scatterAddRule,
  oneHot: (_, step) => oneHotRule(step),

  random: randomRule,
}

/** The rule of an expression, applied to it. */
export function applyRule(step: Step): Buffer {
  const { expression } = step.tensor
  const rule = rules[expression.op] as (of: typeof expression, step: Step) => Buffer
  return rule(expression, step)
}
