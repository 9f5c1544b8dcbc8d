import type { BackendChoice, TreeRecord } from '@pullback/core'
import { checkBackend } from '../backend/loadBackend.ts'
import { checkBatch } from '../metrics/checkBatch.ts'
import type { Metric } from '../metrics/metric.ts'
import type { Optimizer } from '../optimizer/optimizer.ts'
import type { Snapshot } from './snapshot.ts'

/** How a net is trained; `Data` are the inputs of its objective, `P` its parameters. */
export interface FitOptions<Data, P extends TreeRecord, Validation = Data> {
  /** The inputs of the objective by name, one example along the first axis of each. */
  readonly data: Data
  /** The same of other examples, to measure every snapshot on. */
  readonly validation?: Validation | undefined
  /** `chain(momentum(0.9), sgd(0.1))`, say. */
  readonly optimizer: Optimizer
  /** How often all examples are used in all, those before a snapshot resumed from counted; `Infinity` for no end. */
  readonly epochs: number
  /** How many examples a step takes; the last step of an epoch takes those that are left. */
  readonly batch: number
  /** Every random number of the run is a function of this integer of at most 53 bits; 0 unless given. */
  readonly seed?: number | undefined
  /** The parameters to begin with; drawn from the seed, in the dtype of the data, unless given. */
  readonly params?: P | undefined
  /** Gives a snapshot every so many steps, and after the last; at the end of every epoch unless given. */
  readonly every?: number | undefined
  /** What else to measure, by name. */
  readonly metrics?: Readonly<Record<string, Metric>> | undefined
  /**
   * Who computes: `'auto'` unless given, the fastest that is installed, which the snapshots name. `'wasm'` needs
   * `@pullback/wasm`, `'blas'` `@pullback/blas`; in Node they are imported by themselves, where programs are bundled,
   * as for browsers, they have to be imported before.
   */
  readonly backend?: BackendChoice | undefined
  /**
   * The snapshot to go on from, of the same net and optimizer (whose numbers may be others), on as many examples in
   * batches of the same size, as its cursor says: the order of the examples within an epoch depends on them. At the end
   * of an epoch a run can go on with other data or batches if it is given a cursor that says so:
   * `{ ...snapshot, cursor: { ...snapshot.cursor, batch: 64 } }`.
   */
  readonly resume?: Snapshot | undefined
}

const positive = (value: number): boolean => Number.isSafeInteger(value) && value > 0

/** Throws the sentence for the first number among the options that makes no sense, or a backend that there is not. */
export function checkOptions(options: FitOptions<unknown, TreeRecord>): void {
  const { batch, epochs, every, seed = 0, backend = 'auto' } = options
  checkBatch('fit', batch)
  if (!(epochs === Infinity || (Number.isSafeInteger(epochs) && epochs >= 0)))
    throw new RangeError(`fit: epochs is ${epochs}, which is neither a non-negative integer nor Infinity`)
  if (every !== undefined && !positive(every))
    throw new RangeError(`fit: every is ${every}, which is not a positive integer`)
  if (!Number.isSafeInteger(seed))
    throw new RangeError(`fit: seed is ${seed}, which is not an integer of at most 53 bits`)
  checkBackend(backend)
}
