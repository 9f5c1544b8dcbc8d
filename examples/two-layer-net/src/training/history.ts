import type { Measurements, Snapshot } from '@pullback/train'

/** What was measured at the end of an epoch. */
export interface Epoch {
  readonly epoch: number
  readonly step: number
  /** Means over the epoch, each example measured when it was trained on. */
  readonly train: Pick<Measurements, 'loss' | 'accuracy'>
  readonly validation: Pick<Measurements, 'loss' | 'accuracy'>
}

/** Training as it went: the epochs, the last snapshot, and whether somebody stopped it. */
export interface Trained {
  readonly history: readonly Epoch[]
  /** The loss of the first batch, before anything was learnt. */
  readonly firstLoss: number
  readonly last: Snapshot
  readonly interrupted: boolean
}
