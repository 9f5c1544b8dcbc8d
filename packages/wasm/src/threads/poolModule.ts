import { moduleBuilder } from '../assembler/module.ts'
import { defineRunAlone, defineRunning } from './runJob.ts'
import { defineWaitForDone } from './waitForDone.ts'
import { defineWork } from './work.ts'

/** How modules that use a heap import its memory. */
export const memoryLimits = (shared: boolean) => ({ minimum: 1, maximum: 65536, shared })

/** The module of a pool with so many workers: what the main thread runs jobs by, and what the workers do. */
export function poolModule(workers: number, shared: boolean): Uint8Array<ArrayBuffer> {
  const module = moduleBuilder()
  module.importMemory('env', 'memory', memoryLimits(shared))
  module.importTable('env', 'table', 0)
  const clock = module.importFunction('env', 'clock', { parameters: [], results: ['f64'] })
  if (workers === 0) module.export('run', defineRunAlone(module))
  else {
    const { run, close } = defineRunning(module, workers, defineWaitForDone(module, clock))
    module.export('run', run)
    module.export('close', close)
    module.export('work', defineWork(module, clock))
  }
  return module.assemble()
}
