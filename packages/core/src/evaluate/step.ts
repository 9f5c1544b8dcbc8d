import type { TypedArray } from '../tensor/dtype.ts'
import { elementCount } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import { denseBuffer, densify, type Buffer, type Storage } from './buffer.ts'
import type { Memory } from './memory.ts'

/** One tensor being computed: what a rule reads and where it finds room for the result. */
export interface Step {
  readonly tensor: AnyTensor
  readonly buffers: readonly Buffer[]
  readonly memory: Memory
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
  densify(bufferOf(step, index), operandOf(step, index))

/** The dense result of a rule that writes every element of an array of the size of its tensor. */
export function filled(step: Step, fill: (out: TypedArray) => void): Buffer {
  const { dtype, shape } = step.tensor
  const out = step.memory.take(dtype, elementCount(shape), shape)
  fill(out)
  return denseBuffer(out, true)
}

/** Whether this step is the last to read an operand's array, and nobody outside holds it. */
function isSpent(storage: Storage, step: Step): boolean {
  if (!storage.owned) return false
  let reads = 0
  for (const other of step.buffers) if (other.storage === storage) reads += 1
  return storage.readers === reads
}

/**
 * Room for the result of an elementwise rule whose elements repeat as those of `like`, in the array of an operand
 * that is read for the last time if there is one; the rule reads each element before it writes there.
 */
export function roomLike(step: Step, like: Pick<Buffer, 'length' | 'repeat'>, count: number): Buffer {
  const { dtype, shape } = step.tensor
  const { length, repeat } = like
  for (let index = 0; index < step.buffers.length; index++) {
    const { data, storage } = bufferOf(step, index)
    if (data.length === count && operandOf(step, index).dtype === dtype && isSpent(storage, step))
      return { data, length, repeat, storage }
  }
  return { data: step.memory.take(dtype, count, shape), length, repeat, storage: { owned: true, readers: 0 } }
}
