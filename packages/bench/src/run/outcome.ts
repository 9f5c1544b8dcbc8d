import type { Summary } from '../statistics/statistics.ts'

/** What a peer did at one size. */
export type Outcome = Absent | Failed | Measured

/** It is not on this machine. */
export interface Absent {
  readonly kind: 'absent'
  readonly reason: string
}

/** It was there, and gave no result. */
export interface Failed {
  readonly kind: 'failed'
  readonly reason: string
}

export interface Measured {
  readonly kind: 'measured'
  /** Microseconds a step, over the rounds. */
  readonly microseconds: Summary
  /** The greatest relative deviation of its losses from the reference; undefined if it computes none. */
  readonly deviation: number | undefined
  /** Whether the losses are those of the reference, within the tolerance; it is ranked only then. */
  readonly agrees: boolean
  /** From the start of its process to the end of its first step, in milliseconds. */
  readonly startMilliseconds: number
  /** How long it took to compile, in milliseconds, if it does. */
  readonly compileMilliseconds: number | undefined
  /** How long it took to compile once more in the same process, in milliseconds, if it can be told to. */
  readonly againMilliseconds: number | undefined
  readonly peakBytes: number
}
