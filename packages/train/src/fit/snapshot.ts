import type { TreeRecord } from '@pullback/core'
import type { Measurements } from '../metrics/measurements.ts'

/** Where a run of training stands, as plain data: with the tensors of its snapshot, all that is needed to go on. */
export interface Cursor {
  /** The seed of the run: of the parameters, of the order of examples, of the randomness of layers. */
  readonly seed: number
  /** The epoch that the next step belongs to, counted from 1. */
  readonly epoch: number
  /** How many examples of that epoch have been used. */
  readonly position: number
  /** How many steps have been taken in all. */
  readonly step: number
  /** How many examples an epoch has. */
  readonly count: number
  /** How many of them a step takes. */
  readonly batch: number
  /** The sums, over those examples, of what is measured; `{}` at the beginning of an epoch. */
  readonly totals: Readonly<Record<string, number>>
}

/**
 * An immutable picture of a run of training after a step.
 *
 * Its loss, accuracy and metrics are means over the examples of the epoch so far, each measured in `train` mode with
 * the parameters of its step; those of `validation` are of the parameters of the snapshot, in `predict` mode.
 */
export interface Snapshot<P extends TreeRecord = TreeRecord> extends Measurements {
  /** The epoch that the step belongs to, counted from 1. */
  readonly epoch: number
  /** How many steps have been taken. */
  readonly step: number
  readonly validation: Measurements | undefined
  /** Which backend computed: `'wasm: 2 threads, SIMD with fused multiply-add'`. */
  readonly backend: string
  readonly params: P
  readonly optimizerState: TreeRecord
  /** What layers carry from step to step, such as running means; `{}` if none does. */
  readonly state: TreeRecord
  readonly cursor: Cursor
}
