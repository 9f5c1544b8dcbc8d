import type { Family } from '../peers/catalog.ts'
import type { Size } from '../problem/sizes.ts'
import type { Outcome } from '../run/outcome.ts'

/** One row of the table. */
export interface Row {
  readonly title: string
  readonly family: Family
  readonly threads: number
  readonly remark: string | undefined
  /** By the name of the size. */
  readonly outcomes: Readonly<Record<string, Outcome>>
}

/** Where it was measured. */
export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryBytes: number
  readonly system: string
  readonly node: string
  readonly date: string
}

/** All that a run of the bench found out; this is what is written as JSON. */
export interface Result {
  readonly machine: Machine
  readonly command: string
  readonly rounds: number
  readonly sizes: readonly Size[]
  readonly rows: readonly Row[]
}
