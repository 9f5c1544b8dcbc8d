// What runs in the browser: jobs of a module assembled by hand, on a pool, as the packages were built.
import { access, i32, op, sequence } from '../../dist/assembler/code.js'
import { countUp } from '../../dist/assembler/countUp.js'
import { moduleBuilder } from '../../dist/assembler/module.js'
import { detectFeatures, type Features } from '../../dist/engine/features.js'
import { createHeap, type Heap } from '../../dist/engine/heap.js'
import { webAssembly } from '../../dist/engine/webAssembly.js'
import { createPool, type Pool } from '../../dist/threads/pool.js'
import { memoryLimits } from '../../dist/threads/poolModule.js'
import { runSignature, stageSignature } from '../../dist/threads/stage.js'

const chunks = 50
/** How many jobs there are at least, and at most until all threads have been seen. */
const jobs = { least: 1000, most: 100_000 }

/** A program whose stage adds 1 to the number of its chunk and notes the scratch memory of the thread that did so. */
function loadCounting(
  { shared }: Heap,
  pool: Pool,
  numbers: number,
  threads: number,
): (chunks: number) => number {
  if (webAssembly === undefined) throw new Error('there is no WebAssembly')
  const { Module } = webAssembly
  const loaded = pool.load({ functions: 1, scratch: { inEach: 64, inMain: 64 } }, ({ program, position }) => {
    const module = moduleBuilder()
    module.importMemory('env', 'memory', memoryLimits(shared))
    module.importTable('env', 'table', position + 1)
    const run = module.importFunction('env', 'run', runSignature)
    const stage = module.define(stageSignature, ({ parameters: [chunk, scratch], local }) => {
      if (chunk === undefined || scratch === undefined) throw new Error('a stage takes two numbers')
      const time = local('i32')
      const at = op('i32.shl', chunk.get, i32(2))
      const sum = op('i32.add', access('i32.load', numbers, at), i32(1))
      return sequence(
        // Long enough for workers to come.
        countUp(time, i32(0), i32(2000), 1, access('i32.store', 0, scratch.get, time.get)),
        access('i32.store', numbers, at, sum),
        access('i32.store', threads, at, scratch.get),
      )
    })
    module.elements(position, [stage])
    const step = module.define({ parameters: ['i32'], results: ['i32'] }, ({ parameters: [count] }) => {
      if (count === undefined) throw new Error('a step takes a number')
      return run.call(i32(program), i32(position), count.get, i32(1))
    })
    module.export('step', step)
    return new Module(module.assemble())
  })
  // The function alone would not keep the program loaded.
  return (count) => (loaded.instance.exports['step'] as (chunks: number) => number)(count)
}

export interface Counted {
  readonly shared: boolean
  readonly relaxed: boolean
  /** How many workers had loaded the program. */
  readonly workers: number
  readonly trouble: string | null
  /** What is not as it should be. */
  readonly failed: number
  readonly wrong: number
  /** How many threads did chunks in jobs, at most. */
  readonly mostThreads: number
}

/** Runs many jobs and says what came of it. */
export async function count(): Promise<Counted> {
  const { shared, relaxed }: Features = detectFeatures()
  const heap = createHeap({ shared })
  const pool = createPool(heap, { threads: 2 })
  const numbers = heap.allocate(4 * chunks)
  const threads = heap.allocate(4 * chunks)
  heap.views().int32.fill(0, numbers.address / 4, numbers.address / 4 + chunks)
  const step = loadCounting(heap, pool, numbers.address, threads.address)
  const workers = await pool.settled()
  const numbersIn = ({ address }: typeof numbers) =>
    heap.views().int32.subarray(address / 4, address / 4 + chunks)
  let failed = 0
  let mostThreads = 0
  let job = 0
  for (; job < jobs.least || (job < jobs.most && mostThreads <= workers); job++) {
    if (step(chunks) !== 0) failed += 1
    mostThreads = Math.max(mostThreads, new Set(numbersIn(threads)).size)
  }
  const wrong = numbersIn(numbers).filter((number) => number !== job).length
  const trouble = pool.trouble() ?? null
  pool.stop()
  return { shared, relaxed, workers, trouble, failed, wrong, mostThreads }
}

/** The sentence for memory that cannot grow. */
export async function overflow(): Promise<string> {
  const heap = createHeap({ shared: detectFeatures().shared, maximumBytes: 2 ** 22 })
  try {
    heap.allocate(2 ** 23)
    return 'it could'
  } catch (error) {
    return String(error)
  }
}
