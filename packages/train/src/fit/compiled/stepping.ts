import type { Backend, Key, TreeRecord } from '@pullback/core'
import type { Inputs } from '../../metrics/metric.ts'
import type { Run } from '../course.ts'
import type { Stepped, Trained } from '../trainingStep.ts'
import { resident } from './resident.ts'
import { streamed } from './streamed.ts'

/** What is carried from step to step, as the record of trees that a fold takes. */
export type Carried = { readonly [K in keyof Trained]: TreeRecord }

/** The steps of a run, compiled: a fold and what it is given. */
export interface Stepping {
  /** Takes step number `step`, counted from 0, on the examples at `length` positions of an order from `from` on. */
  readonly take: (order: Int32Array, from: number, length: number, step: number) => void
  /** A number that the last step gave: `'loss'` or `'sums.accuracy'`. */
  readonly result: (path: string) => number
  readonly load: (carried: Carried) => void
  /** A copy of what is carried. */
  readonly snapshot: () => Carried
  /** Frees what the memory of the backend holds for these steps, of which no more can be taken. */
  readonly release: () => void
}

/** What every step of a run is made of. */
export interface StepParts {
  readonly run: Run
  readonly backend: Backend
  readonly key: Key
  /** One step as expressions. */
  readonly stepped: (before: Trained, batch: Inputs, key: Key) => Stepped
}

/**
 * Steps on examples that are in the memory of the backend, or, where that has no room for all of them, that are handed
 * to it batch by batch.
 */
export function stepping(parts: StepParts): Stepping {
  const { params, optimizerState, state } = parts.run.start
  let steps = resident(parts, { params, optimizerState, state })
  let isResident = true
  return {
    take(order, from, length, step) {
      try {
        steps.take(order, from, length, step)
      } catch (error) {
        if (!(isResident && error instanceof RangeError)) throw error
        isResident = false
        const carried = steps.snapshot()
        steps.release()
        steps = streamed(parts, carried)
        steps.take(order, from, length, step)
      }
    },
    result: (path) => steps.result(path),
    load: (carried) => steps.load(carried),
    snapshot: () => steps.snapshot(),
    release: () => steps.release(),
  }
}
