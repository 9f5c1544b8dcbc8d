import type { WasmMemory, WasmModule } from '../engine/webAssembly.ts'
import type { control } from './control.ts'

/** A stretch of the tables. */
export interface Positions {
  readonly position: number
  readonly count: number
}

/** What makes a worker a thread of a pool. */
export interface Begin {
  readonly kind: 'begin'
  readonly thread: number
  readonly memory: WasmMemory
  /** The module of the pool. */
  readonly module: WasmModule
  readonly control: typeof control
}

/** A program that workers shall take part in. */
export interface Load {
  readonly kind: 'load'
  readonly program: number
  readonly module: WasmModule
  /** Where its first stage is in the table. */
  readonly position: number
  /** How long the table must be. */
  readonly tableLength: number
  /** What is to be cleared first. */
  readonly released: readonly Positions[]
}

/** What workers are sent. */
export type Message = Begin | Load
