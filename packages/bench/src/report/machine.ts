import { availableParallelism, cpus, release, totalmem, type } from 'node:os'
import type { Machine } from './result.ts'

/** This machine, now. */
export const thisMachine = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown processor',
  cores: availableParallelism(),
  memoryBytes: totalmem(),
  system: `${type()} ${release()}`,
  node: process.versions.node,
  date: new Date().toISOString().slice(0, 10),
})
