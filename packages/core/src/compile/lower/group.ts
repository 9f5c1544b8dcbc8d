import type { Load } from './codeList.ts'
import type { CheckTask, KernelTask, LoopTask, Task } from './task.ts'

/** The tasks that one kernel does. */
export interface Group {
  /** The kernel or check at its head, if it is no loop. */
  readonly head: KernelTask | CheckTask | undefined
  /** What the loop does: all of it, or the epilogue of a matrix product. */
  readonly loop: LoopTask[]
  /** The sizes of the dims of the loop. */
  readonly dims: readonly number[]
  /** The dims that its reductions run over. */
  reduced: readonly number[] | undefined
  /** Where it is in the order of kernels while they are formed. */
  readonly position: number
  operations: number
  /** Whether it reads an input. */
  readsInput: boolean
  /** All that its tasks load, what is in registers included. */
  readonly loads: Load[]
}

export const tasksOf = ({ head, loop }: Group): readonly Task[] =>
  head === undefined ? loop : [head, ...loop]
