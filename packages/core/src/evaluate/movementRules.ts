import { elementCount, stridesOf } from '../tensor/shape.ts'
import type { ExpressionOf } from '../tensor/expression.ts'
import { denseBuffer, type Buffer } from './buffer.ts'
import { stridedCopy } from './kernels/strided.ts'
import { bufferOf, denseOperand, filled, operandOf, type Step } from './step.ts'

/** The sizes before, at and after an axis, the outer and inner ones multiplied up. */
export function aroundAxis(sizes: readonly number[], axis: number) {
  let outer = 1
  let inner = 1
  for (let position = 0; position < axis; position++) outer *= sizes[position] ?? 1
  for (let position = axis + 1; position < sizes.length; position++) inner *= sizes[position] ?? 1
  return { outer, count: sizes[axis] ?? 1, inner }
}

/** Repeats without copying unless a repeated axis lies between two that are kept. */
export function broadcastRule(step: Step): Buffer {
  const { shape } = step.tensor
  const length = elementCount(shape)
  if (length === 0) return filled(step, () => undefined)
  const source = operandOf(step, 0).shape
  const lead = shape.length - source.length
  const first = source.findIndex((size) => size !== 1)
  const last = source.findLastIndex((size) => size !== 1)
  const data = denseOperand(step, 0)
  const { storage } = data === bufferOf(step, 0).data ? bufferOf(step, 0) : denseBuffer(data, true)
  if (first === -1) return { data, length, repeat: 1, storage }
  if (source.every((size, axis) => axis < first || axis > last || size === shape[lead + axis]))
    return { data, length, repeat: elementCount(shape.slice(lead + last + 1)), storage }
  const own = stridesOf(source)
  const strides = shape.map((_, axis) => (source[axis - lead] === 1 ? 0 : (own[axis - lead] ?? 0)))
  return filled(step, (out) => stridedCopy(out, data, 0, shape, strides))
}

export function transposeRule({ permutation }: ExpressionOf<'transpose'>, step: Step): Buffer {
  const strides = stridesOf(operandOf(step, 0).shape)
  const moved = permutation.map((axis) => strides[axis] ?? 0)
  const data = denseOperand(step, 0)
  return filled(step, (out) => stridedCopy(out, data, 0, step.tensor.shape, moved))
}

export function sliceRule({ start, step: steps }: ExpressionOf<'slice'>, step: Step): Buffer {
  const strides = stridesOf(operandOf(step, 0).shape)
  const offset = strides.reduce((sum, stride, axis) => sum + stride * (start[axis] ?? 0), 0)
  const taken = strides.map((stride, axis) => stride * (steps[axis] ?? 1))
  const data = denseOperand(step, 0)
  return filled(step, (out) => stridedCopy(out, data, offset, step.tensor.shape, taken))
}

export function concatRule({ axis, operands }: ExpressionOf<'concat'>, step: Step): Buffer {
  const { outer, count, inner } = aroundAxis(step.tensor.shape, axis)
  return filled(step, (out) => {
    let start = 0
    for (const [index, operand] of operands.entries()) {
      const slab = (operand.shape[axis] ?? 0) * inner
      const data = denseOperand(step, index)
      for (let group = 0; group < outer; group++)
        out.set(data.subarray(group * slab, (group + 1) * slab), group * count * inner + start)
      start += slab
    }
  })
}

/** The same elements under another shape: the operand's own buffer. */
export const reshapeRule = (step: Step): Buffer => bufferOf(step, 0)
