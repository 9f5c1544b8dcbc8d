import { elementCount, stridesOf } from '../tensor/shape.ts'
import type { ExpressionOf } from '../tensor/expression.ts'
import type { Buffer } from './buffer.ts'
import { stridedCopy } from './kernels/strided.ts'
import { bufferOf, denseOperand, filled, operandOf, type Step } from './step.ts'

const product = (sizes: readonly number[]): number => elementCount(sizes)

/** The sizes before, at and after an axis, the outer and inner ones multiplied up. */
export const aroundAxis = (sizes: readonly number[], axis: number) => ({
  outer: product(sizes.slice(0, axis)),
  count: sizes[axis] ?? 1,
  inner: product(sizes.slice(axis + 1)),
})

/** Repeats without copying where all repeated axes lead or all trail, and copies otherwise. */
export function broadcastRule(step: Step): Buffer {
  const { shape } = step.tensor
  const source = operandOf(step, 0)
  const length = product(shape)
  const padded = [...shape.map(() => 1).slice(source.shape.length), ...source.shape]
  const repeated = padded.map((size, axis) => size !== shape[axis])
  const kept = padded.map((size, axis) => size === shape[axis] && size !== 1)
  const data = denseOperand(step, 0)
  if (length === 0) return filled(step, () => undefined)
  if (!repeated.slice(kept.indexOf(true)).includes(true) || !kept.includes(true))
    return { data, length, repeat: 1, owned: false }
  if (!repeated.slice(0, kept.lastIndexOf(true)).includes(true))
    return { data, length, repeat: product(shape.slice(kept.lastIndexOf(true) + 1)), owned: false }
  const strides = stridesOf(padded).map((stride, axis) => (repeated[axis] === true ? 0 : stride))
  return filled(step, (out) => stridedCopy(out, data, 0, shape, strides))
}

export function transposeRule({ permutation }: ExpressionOf<'transpose'>, step: Step): Buffer {
  const strides = stridesOf(operandOf(step, 0).shape)
  const moved = permutation.map((axis) => strides[axis] ?? 0)
  return filled(step, (out) => stridedCopy(out, denseOperand(step, 0), 0, step.tensor.shape, moved))
}

export function sliceRule({ start, step: steps }: ExpressionOf<'slice'>, step: Step): Buffer {
  const strides = stridesOf(operandOf(step, 0).shape)
  const offset = strides.reduce((sum, stride, axis) => sum + stride * (start[axis] ?? 0), 0)
  const taken = strides.map((stride, axis) => stride * (steps[axis] ?? 1))
  return filled(step, (out) => stridedCopy(out, denseOperand(step, 0), offset, step.tensor.shape, taken))
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

/** The same elements under another shape: the operand's own buffer, no longer anyone's to write over. */
export const reshapeRule = (step: Step): Buffer => ({ ...bufferOf(step, 0), owned: false })
