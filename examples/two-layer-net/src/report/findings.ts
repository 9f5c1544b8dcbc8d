import type { Objective } from '@pullback/core'
import type { Measurements } from '@pullback/train'
import type { GradientCheck } from '../gradient/gradientCheck.ts'
import type { Settings } from '../settings.ts'
import type { Task } from '../task/task.ts'
import type { Trained } from '../training/history.ts'

/** What was measured after training, with the last parameters. */
export interface Measured {
  readonly train: Measurements
  readonly validation: Measurements
  readonly test: Measurements | undefined
}

/** All that a run found out, and a report tells. */
export interface Findings {
  readonly settings: Settings
  readonly task: Task
  readonly objective: Objective
  readonly check: GradientCheck
  readonly trained: Trained
  readonly measured: Measured
  /** How long training took, in seconds. */
  readonly seconds: number
}

/** The examples that the net is judged by: those of the test part, or of validation where there is none. */
export const judged = ({ task: { test, validation } }: Pick<Findings, 'task'>) =>
  test === undefined
    ? ({ name: 'validation', data: validation } as const)
    : ({ name: 'test', data: test } as const)
