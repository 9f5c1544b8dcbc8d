import {
  elementCount,
  fromValues,
  input,
  type AnyTensor,
  type Dtype,
  type Tensor,
  type TypedArray,
} from '@pullback/core'
import * as fc from 'fast-check'
import { seedArbitrary } from '../arbitrary/seedArbitrary.ts'
import { drawElements, elementRegimes } from './elements.ts'

/** What a primitive is given: an input of the program, or a constant that is part of it. */
export interface Operand {
  readonly shape: readonly number[]
  readonly dtype: Dtype
  readonly values: TypedArray
  readonly isConstant: boolean
}

/** A primitive on operands. */
export interface PrimitiveSample {
  readonly operands: readonly Operand[]
  /** The primitive, of tensors in the place of the operands. */
  readonly build: (operands: readonly AnyTensor[]) => AnyTensor
}

/** The tensor that a program has for an operand. */
export const tensorOf = ({ shape, dtype, values, isConstant }: Operand, index: number): AnyTensor =>
  isConstant ? fromValues(values, [...shape], dtype) : input(`x${index}`, [...shape], dtype)

/** An operand of a shape in any regime. */
export const operandOf = (shape: readonly number[], dtype: Dtype): fc.Arbitrary<Operand> =>
  fc
    .record({
      regime: fc.constantFrom(...elementRegimes),
      seed: seedArbitrary,
      isConstant: fc.integer({ min: 0, max: 9 }).map((n) => n === 9),
    })
    .map(({ regime, seed, isConstant }) => ({
      shape,
      dtype,
      values: drawElements(dtype, regime, elementCount(shape), seed),
      isConstant,
    }))

/** Integers from 0 to a size (excluded). */
export const indicesOf = (shape: readonly number[], size: number): fc.Arbitrary<Operand> =>
  fc
    .array(fc.nat(Math.max(size - 1, 0)), { minLength: elementCount(shape), maxLength: elementCount(shape) })
    .map((values) => ({ shape, dtype: 'int32', values: Int32Array.from(values), isConstant: false }))

const floats = ['float32', 'float64'] as const

export const floatDtype: fc.Arbitrary<'float32' | 'float64'> = fc.constantFrom(...floats)
export const anyDtype: fc.Arbitrary<Dtype> = fc.constantFrom(...floats, 'int32')

/** A sample of operands of one dtype each, from the shapes that they have. */
export const sampleOf = (
  shapes: readonly (readonly number[])[],
  dtype: Dtype,
  build: (operands: readonly AnyTensor[]) => AnyTensor,
): fc.Arbitrary<PrimitiveSample> =>
  fc.tuple(...shapes.map((shape) => operandOf(shape, dtype))).map((operands) => ({ operands, build }))

/** The tensor at a position of those that stand for the operands. */
export function operandAt(operands: readonly AnyTensor[], index: number): Tensor {
  const found = operands[index]
  if (found === undefined) throw new Error(`a sample lacks its operand ${index}`)
  return found as Tensor
}
