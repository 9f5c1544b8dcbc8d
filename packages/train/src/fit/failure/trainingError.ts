import type { Snapshot } from '../snapshot.ts'

/** Training ended because a number is NaN or infinite, or because the backend failed, whose error is the `cause`. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError'
  /** The step that failed, counted from 1. */
  readonly step: number
  /** The epoch of that step, counted from 1. */
  readonly epoch: number
  /** The first tensor that is not finite, `'the gradient of fc1.W'`, or `'the backend'`. */
  readonly culprit: string
  /** The last snapshot before, which training can be resumed from; undefined if there was none. */
  readonly snapshot: Snapshot | undefined

  constructor(
    message: string,
    at: { readonly step: number; readonly epoch: number; readonly culprit: string },
    snapshot: Snapshot | undefined,
    options?: ErrorOptions,
  ) {
    super(message, options)
    this.step = at.step
    this.epoch = at.epoch
    this.culprit = at.culprit
    this.snapshot = snapshot
  }
}
