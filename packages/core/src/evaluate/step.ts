import { allocate, type TypedArray } from '../tensor/dtype.ts'
import { elementCount } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import { denseBuffer, densify, type Buffer } from './buffer.ts'

/** One tensor being computed: what a rule reads and where it writes. */
export interface Step {
  readonly tensor: AnyTensor
  readonly buffers: readonly Buffer[]
  /** An array that no later operation reads, of the length and dtype of the result, for an elementwise rule to fill. */
  readonly reusable: TypedArray | undefined
}

export function bufferOf(step: Step, index: number): Buffer {
  const buffer = step.buffers[index]
  if (buffer === undefined) throw new Error(`${step.tensor.expression.op} has no operand ${index}`)
  return buffer
}

export function operandOf(step: Step, index: number): AnyTensor {
  const operand = step.tensor.expression.operands[index]
  if (operand === undefined) throw new Error(`${step.tensor.expression.op} has no operand ${index}`)
  return operand
}

/** All elements of an operand, in row-major order. */
export const denseOperand = (step: Step, index: number): TypedArray =>
  densify(bufferOf(step, index), operandOf(step, index).dtype)

/** The dense result of a rule that fills a new array of the size of its tensor. */
export function filled(step: Step, fill: (out: TypedArray) => void): Buffer {
  const out = allocate(step.tensor.dtype, elementCount(step.tensor.shape))
  fill(out)
  return denseBuffer(out, true)
}
