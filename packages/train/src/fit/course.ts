import {
  evaluate,
  fold,
  permutation,
  seed as keyOf,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import type { Examples } from '../metrics/examples.ts'
import type { Gauges } from '../metrics/gauges.ts'
import type { Moment } from './moment.ts'
import type { FitOptions } from './options.ts'
import type { Snapshot } from './snapshot.ts'

/** A run of training as checked: all that does not change from step to step. */
export interface Run {
  readonly objective: Objective
  readonly options: FitOptions<unknown, TreeRecord>
  readonly examples: Examples
  readonly validation: Examples | undefined
  readonly gauges: Gauges
  readonly start: Moment
}

/** The steps of a run as a backend takes them. */
export interface Course {
  /** For people: which backend computes. */
  readonly backend: string
  /**
   * Takes the next step of the epoch.
   *
   * @param last the last snapshot, for the error
   * @throws TrainingError if a number is found that is not finite
   */
  readonly step: (last: Snapshot | undefined) => void
  /** How many examples of the epoch have been used. */
  readonly position: () => number
  /** How many steps have been taken. */
  readonly steps: () => number
  /** Where the run stands, of which nothing changes any more; throws TrainingError if anything in it is not finite. */
  readonly moment: (last: Snapshot | undefined) => Moment
  /** Begins the next epoch. */
  readonly nextEpoch: () => void
}

/** Where the randomness of a run for one purpose comes from. */
export const keyFor = ({ start }: Run, purpose: string): Key =>
  evaluate(fold(keyOf(start.cursor.seed), purpose))

/** The order of the examples in every epoch of a run; the last one asked for is at hand. */
export function ordersOf(run: Run): (epoch: number) => Int32Array {
  const key = keyFor(run, 'order')
  let known = 0
  let order: Int32Array = new Int32Array()
  return (epoch) => {
    if (known !== epoch) order = permutation(fold(key, epoch), run.examples.count)
    known = epoch
    return order
  }
}
