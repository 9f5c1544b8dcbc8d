import { access, i32, op, type Code } from '../assembler/code.ts'
import type { Signature } from '../assembler/module.ts'
import { control } from './control.ts'

/** What a stage of a program is: a function of the number of a chunk and of the address of the thread's scratch memory. */
export const stageSignature: Signature = { parameters: ['i32', 'i32'], results: [] }

/** What a module exports a stage by, from 0 on; workers know them by how their names begin. */
export const stageName = (index: number): string => `stage${index}`

/**
 * What a program runs a stage by: its number, a position in the table, how many chunks, and 1 if they are worth waking who
 * sleeps; it gives 0 or a failure.
 */
export const runSignature: Signature = { parameters: ['i32', 'i32', 'i32', 'i32'], results: ['i32'] }

/** What `run` gives if a chunk has trapped in a worker. */
export const workerFailed = -1
/** What `run` gives if a worker has not come back with a chunk; nothing is run from then on. */
export const workerStopped = -2

/** The address of the scratch memory of a thread; the main thread is number 0. */
export const scratchOf = (thread: Code): Code =>
  access('i32.load', control.scratch, op('i32.shl', thread, i32(2)))
