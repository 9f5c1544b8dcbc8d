import type { ExpressionOf } from '../tensor/expression.ts'
import type { TypedArray } from '../tensor/dtype.ts'
import type { Buffer } from './buffer.ts'
import { gatherLoop, oneHotLoop, scatterAddLoop } from './kernels/indexing.ts'
import { aroundAxis } from './movementRules.ts'
import { denseOperand, filled, operandOf, type Step } from './step.ts'

/** An operand that names positions, all of them checked to lie within an axis. */
function checkedIndices(step: Step, operand: number, size: number): TypedArray {
  const indices = denseOperand(step, operand)
  const position = indices.findIndex((index) => index < 0 || index >= size)
  if (position >= 0)
    throw new RangeError(
      `${step.tensor.expression.op}: index ${indices[position]} at position ${position} is outside an axis of size ${size}`,
    )
  return indices
}

export function gatherRule({ axis }: ExpressionOf<'gather'>, step: Step): Buffer {
  const { outer, count, inner } = aroundAxis(operandOf(step, 0).shape, axis)
  const indices = checkedIndices(step, 1, count)
  const source = denseOperand(step, 0)
  return filled(step, (out) => gatherLoop(out, source, indices, outer, count, inner))
}

export function scatterAddRule({ axis }: ExpressionOf<'scatterAdd'>, step: Step): Buffer {
  const { outer, count, inner } = aroundAxis(step.tensor.shape, axis)
  const indices = checkedIndices(step, 1, count)
  const source = denseOperand(step, 0)
  return filled(step, (out) => {
    if (step.tensor.dtype !== 'float32')
      return scatterAddLoop(out.fill(0), source, indices, outer, count, inner)
    const sums = new Float64Array(out.length)
    scatterAddLoop(sums, source, indices, outer, count, inner)
    out.set(sums)
  })
}

export function oneHotRule(step: Step): Buffer {
  const depth = step.tensor.shape.at(-1) ?? 0
  const indices = checkedIndices(step, 0, depth)
  return filled(step, (out) => oneHotLoop(out.fill(0), indices, depth))
}
