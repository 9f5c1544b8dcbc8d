import type { Dtype } from '../tensor/dtype.ts'
import type { AnyTensor } from '../tensor/tensor.ts'
import type { Carry } from './plan.ts'

/** An input of a program. */
export interface ProgramInput {
  /** The path in the tree of inputs: `'params.fc1.W'`. */
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

/** An output of a program: what it is called, and the expression that it is. */
export interface ProgramOutput {
  readonly name: string
  readonly tensor: AnyTensor
}

/**
 * A pure function on tensors, traced for fixed shapes and simplified: expressions of `input`s that are named by their
 * paths. An input that no output needs is still listed.
 */
export interface Program {
  readonly inputs: readonly ProgramInput[]
  readonly outputs: readonly ProgramOutput[]
  readonly carried: readonly Carry[]
}
