import { now, pause } from '../engine/clock.ts'
import type { Heap } from '../engine/heap.ts'
import { webAssembly, type WasmImports, type WasmInstance, type WasmModule } from '../engine/webAssembly.ts'
import { control, mostThreads } from './control.ts'
import { startCrew, type Crew } from './crew.ts'
import { failureOf } from './failure.ts'
import { mostPrograms } from './jobWord.ts'
import type { Positions } from './message.ts'
import { mayWait } from './mayWait.ts'
import { poolModule } from './poolModule.ts'
import { scratchMemory, type ScratchNeeds } from './scratchMemory.ts'
import { createTable } from './sharedTable.ts'
import { spawnWorker, type Spawn } from './spawnWorker.ts'
import { stageName, workerStopped } from './stage.ts'

/** What a program needs of a pool. */
export interface Needs {
  /**
   * How many functions the table is to have of it: its stages, exported by their names. A module that imports the table to
   * put them there by itself is kept by the engine for as long as the table is there.
   */
  readonly functions: number
  /** How much scratch memory its stages have. */
  readonly scratch: ScratchNeeds
  /** What it imports beside `env.memory`, `env.table` and `env.run`, which workers have as functions that throw. */
  readonly imports?: WasmImports
}

/** Where a program is: numbers that its code is built with. */
export interface Place {
  /** Its number, which `run` takes. */
  readonly program: number
  /** The position of its first function in the table. */
  readonly position: number
}

/** A program that is loaded for as long as this object is reachable: its functions do not keep it, and trap without it. */
export interface LoadedProgram {
  readonly instance: WasmInstance
  readonly place: Place
}

/** Threads over one heap, which run the stages of programs. */
export interface Pool {
  /** Builds a module for the place that it gets, instantiates it here and sends it to all workers; none is waited for. */
  readonly load: (needs: Needs, build: (place: Place) => WasmModule) => LoadedProgram
  /** Forgets a program before it is collected. */
  readonly release: (program: LoadedProgram) => void
  /** Ends the job that a trap has left open, so that no worker touches memory any more; gives what `run` gives. */
  readonly close: () => number
  /** The error of what `run` gave, or undefined if that is none of its failures. */
  readonly failure: (status: number) => Error | undefined
  /** The failure after which nothing is to be run any more, if there was one. */
  readonly lost: () => Error | undefined
  /** How many threads take part, the main thread among them; workers start with the first program that has stages. */
  readonly threads: () => number
  /** Why there are fewer threads than were asked for. */
  readonly trouble: () => string | undefined
  /** Waits until all workers have loaded everything, and says how many have; for at most 10 seconds. */
  readonly settled: () => Promise<number>
  /** Ends all workers; programs still run, in the main thread. */
  readonly stop: () => void
}

export interface PoolOptions {
  /** How many threads take part, the main thread among them. */
  readonly threads: number
  /** How many milliseconds a worker may take for a chunk of a job before it counts as dead; 20,000 by default. */
  readonly limit?: number
  /** How a worker is started, where that is not for the pool to know. */
  readonly spawn?: Spawn
}

/** What the pool's module exports; a pool without workers only runs. */
interface PoolExports {
  readonly run: unknown
  readonly close?: () => number
}

/** How many milliseconds workers may take to load what they were sent. */
const mostSettling = 10_000

const fewer = ({ shared }: Heap, threads: number): string =>
  shared
    ? `at most ${mostThreads} threads can take part, not ${threads}`
    : 'memory cannot be shared with workers here'

const stopped = new FinalizationRegistry<{ readonly crew: Crew | undefined }>(({ crew }) => {
  crew?.stop()
})

/** Makes a pool over a heap, which the pool's threads share. */
export function createPool(heap: Heap, { threads, limit = 20_000, spawn = spawnWorker }: PoolOptions): Pool {
  if (webAssembly === undefined) throw new Error('the wasm backend needs an engine that has WebAssembly')
  const { Module, Instance } = webAssembly
  const workers = heap.shared ? Math.min(mostThreads, threads) - 1 : 0
  const { memory } = heap
  const { table, take, give } = createTable()
  const module = new Module(poolModule(workers, heap.shared))
  const { run, close } = new Instance(module, { env: { memory, table, clock: now } })
    .exports as unknown as PoolExports
  const provideScratch = scratchMemory(heap, workers + 1)

  const held: { crew: Crew | undefined } = { crew: undefined }
  let lost: Error | undefined
  let newest = 0
  let newestSent = 0
  let isLoading = false
  const released: Positions[] = []
  const release = (positions: Positions) => {
    give(positions)
    if (held.crew !== undefined) released.push(positions)
  }
  const positionsOf = new WeakMap<LoadedProgram, Positions>()
  const collected = new FinalizationRegistry(release)

  const startWorkers = (): Crew => {
    const { int32, float64 } = heap.views()
    int32[control.mayWait / 4] = mayWait(int32) ? 1 : 0
    float64[control.limit / 8] = limit
    return startCrew(heap, workers, module, spawn)
  }

  const pool: Pool = {
    load({ functions, scratch, imports = {} }, build) {
      // Workers load programs in the order of their numbers, and say up to which they have.
      if (isLoading) throw new Error('a program was loaded while another was being built')
      provideScratch(scratch)
      const positions = { position: take(functions), count: functions }
      isLoading = true
      try {
        newest += 1
        const place = { program: newest, position: positions.position }
        const module = build(place)
        const env = { ...imports['env'], memory, table, run }
        const instance = new Instance(module, { ...imports, env })
        for (let at = 0; at < functions; at++) {
          const stage = instance.exports[stageName(at)]
          if (stage !== undefined) table.set(positions.position + at, stage)
        }
        if (functions > 0 && workers > 0 && newest < mostPrograms) {
          held.crew ??= startWorkers()
          newestSent = newest
          held.crew.send({
            kind: 'load',
            program: newest,
            module,
            position: positions.position,
            tableLength: positions.position + functions,
            released: released.splice(0),
          })
        }
        const program: LoadedProgram = { instance, place }
        positionsOf.set(program, positions)
        collected.register(program, positions, program)
        return program
      } catch (error) {
        give(positions)
        throw error
      } finally {
        isLoading = false
      }
    },
    release(program) {
      const positions = positionsOf.get(program)
      if (positions === undefined) return
      positionsOf.delete(program)
      collected.unregister(program)
      release(positions)
    },
    close: () => close?.() ?? 0,
    failure(status) {
      // A worker that did come back would write into memory that is no longer its own.
      if (status !== workerStopped) return failureOf(status, heap.views())
      held.crew?.stop()
      return (lost ??= failureOf(status, heap.views()))
    },
    lost: () => lost,
    threads: () => 1 + (held.crew?.size() ?? workers),
    trouble: () => held.crew?.trouble() ?? (workers + 1 < threads ? fewer(heap, threads) : undefined),
    async settled() {
      const { crew } = held
      if (crew === undefined) return 0
      const deadline = now() + mostSettling
      while (crew.loaded(newestSent) < crew.size() && now() < deadline) await pause(1)
      return crew.loaded(newestSent)
    },
    stop() {
      held.crew?.stop()
    },
  }
  stopped.register(pool, held)
  return pool
}
