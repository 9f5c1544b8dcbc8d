import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, it } from 'vitest'
import { nothing } from '../assembler/code.ts'
import { createHeap } from '../engine/heap.ts'
import { begin, stopAll } from './crewed.fixture.ts'
import { createPool } from './pool.ts'
import { spawnWorker, type Spawn } from './spawnWorker.ts'
import { loadStaged } from './staged.fixture.ts'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

afterEach(stopAll)

it('forgets programs that are collected', async () => {
  const { heap, pool } = begin({ threads: 2 })
  const use = () => {
    const { loaded } = loadStaged(heap, pool, () => nothing)
    return loaded.place.position
  }
  expect(use()).toBe(0)
  while (use() > 0) {
    collect()
    await setTimeout(1)
  }
  expect(await pool.settled()).toBe(1)
})

it('ends the workers of a pool that is collected', async () => {
  const stops: string[] = []
  const spawn: Spawn = (ended) => {
    const worker = spawnWorker(ended)
    return {
      ...worker,
      stop: () => {
        stops.push('stopped')
        worker.stop()
      },
    }
  }
  const useOnce = async () => {
    const heap = createHeap({ shared: true })
    const pool = createPool(heap, { threads: 2, spawn })
    loadStaged(heap, pool, () => nothing).step(3)
    await pool.settled()
  }
  await useOnce()
  while (stops.length === 0) {
    collect()
    await setTimeout(1)
  }
  expect(stops).toEqual(['stopped'])
})
