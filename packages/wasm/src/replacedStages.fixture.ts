import type { Code } from './assembler/code.ts'
import { moduleBuilder } from './assembler/module.ts'
import { webAssembly } from './engine/webAssembly.ts'
import type { Load } from './threads/message.ts'
import { memoryLimits } from './threads/poolModule.ts'
import { spawnWorker, type Spawn, type SpawnedWorker } from './threads/spawnWorker.ts'
import { stageSignature } from './threads/stage.ts'

/** Workers that the test has in its hands. */
export function spawnCaught(): { readonly workers: SpawnedWorker[]; readonly spawn: Spawn } {
  const workers: SpawnedWorker[] = []
  const spawn: Spawn = (ended) => {
    const worker = spawnWorker(ended)
    workers.push(worker)
    return worker
  }
  return { workers, spawn }
}

/** A program in the place of the first that a pool loads, all of whose stages are the given code. */
function replacement({ tableLength }: Load, code: Code) {
  if (webAssembly === undefined) throw new Error('no WebAssembly')
  const module = moduleBuilder()
  module.importMemory('env', 'memory', memoryLimits(true))
  module.importTable('env', 'table', tableLength)
  const stage = module.define(stageSignature, () => code)
  module.elements(
    0,
    Array.from({ length: tableLength }, () => stage),
  )
  return new webAssembly.Module(module.assemble())
}

/** Workers that do something else in the place of their parts of real programs. */
export const spawnReplacing =
  (code: Code): Spawn =>
  (ended) => {
    const worker = spawnWorker(ended)
    return {
      ...worker,
      send: (message) => {
        worker.send(message.kind === 'load' ? { ...message, module: replacement(message, code) } : message)
      },
    }
  }
