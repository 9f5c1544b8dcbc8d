import type { TypedArray } from '../tensor/dtype.ts'
import { equalShapes, showShape } from '../tensor/shape.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import { peek } from '../tensor/values.ts'
import { denseBuffer, densify, type Buffer } from './buffer.ts'
import { recyclingMemory, type Memory } from './memory.ts'
import { dependencyOrder } from './order.ts'
import { applyRule } from './rules.ts'

/** Values for the named inputs of an expression. */
export type Bindings = Readonly<Record<string, AnyTensor>>

/** A tensor being evaluated: how often it is still to be read, and its elements until then. */
interface Computation {
  readonly tensor: AnyTensor
  readonly operands: readonly Computation[]
  uses: number
  buffer: Buffer | undefined
}

/** The array of a constant itself, which must not be written to, or that of an expression without inputs, computed. */
export function elementsOf(tensor: AnyTensor): TypedArray {
  const { expression } = tensor
  if (expression.op === 'constant') return peek(expression.values)
  const [elements] = computeAll([tensor], {})
  if (elements === undefined) throw new Error(`${expression.op} was not computed`)
  return elements
}

function boundBuffer(tensor: AnyTensor, name: string, bindings: Bindings): Buffer {
  const value = Object.hasOwn(bindings, name) ? bindings[name] : undefined
  if (value === undefined)
    throw new TypeError(
      `evaluate: input '${name}' ${showShape(tensor.shape)} is given no value; bind it by its name`,
    )
  if (!equalShapes(value.shape, tensor.shape) || value.dtype !== tensor.dtype)
    throw new TypeError(
      `evaluate: input '${name}' takes ${tensor.dtype} ${showShape(tensor.shape)} but is given ${value.dtype} ${showShape(value.shape)}`,
    )
  return denseBuffer(elementsOf(value), false)
}

/** A computation for every tensor in the order of evaluation, and those of the roots. */
function plan(roots: readonly AnyTensor[]) {
  const planned = new Map<AnyTensor, Computation>()
  const read = (tensor: AnyTensor): Computation => {
    const computation = planned.get(tensor)
    if (computation === undefined) throw new Error(`${tensor.expression.op} comes too late in the order`)
    computation.uses += 1
    return computation
  }
  const steps = dependencyOrder(roots).map((tensor) => {
    const operands = tensor.expression.operands.map(read)
    const computation: Computation = { tensor, operands, uses: 0, buffer: undefined }
    planned.set(tensor, computation)
    return computation
  })
  return { steps, results: roots.map(read) }
}

function elementsSoFar({ tensor, buffer }: Computation): Buffer {
  if (buffer === undefined) throw new Error(`${tensor.expression.op} was read before it was computed`)
  return buffer
}

/** Counts one read of a tensor; after its last the elements are let go, and after the last of an array its memory. */
function release(computation: Computation, memory: Memory): void {
  const { storage, data } = elementsSoFar(computation)
  computation.uses -= 1
  if (computation.uses === 0) computation.buffer = undefined
  storage.readers -= 1
  if (storage.readers === 0 && storage.owned) memory.give(computation.tensor.dtype, data)
}

/** The elements of every root, each subexpression computed once and released after its last use. */
export function computeAll(
  roots: readonly AnyTensor[],
  bindings: Bindings,
  memory: Memory = recyclingMemory(),
): readonly TypedArray[] {
  const { steps, results } = plan(roots)
  for (const step of steps) {
    const { tensor, operands } = step
    const { expression } = tensor
    const buffer =
      expression.op === 'input'
        ? boundBuffer(tensor, expression.name, bindings)
        : applyRule({ tensor, buffers: operands.map(elementsSoFar), memory })
    step.buffer = buffer
    buffer.storage.readers += step.uses
    for (const operand of operands) release(operand, memory)
  }
  return results.map((result) => densify(elementsSoFar(result), result.tensor))
}
