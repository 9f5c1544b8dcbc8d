import { setTimeout } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import { i32, loop, branch, nothing, op, sequence, when } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { begin, cleared, numbersOf, stopAll } from './crewed.fixture.ts'
import { spawnWorker, type Spawn, type SpawnedWorker } from './spawnWorker.ts'
import { workerFailed, workerStopped } from './stage.ts'
import { addAt, cellOf, loadStaged, waitFor } from './staged.fixture.ts'

afterEach(stopAll)

/** Workers that the test has in its hands. */
function caught(): { readonly workers: SpawnedWorker[]; readonly spawn: Spawn } {
  const workers: SpawnedWorker[] = []
  return {
    workers,
    spawn: (ended) => {
      const worker = spawnWorker(ended)
      workers.push(worker)
      return worker
    },
  }
}

const stopEach = (workers: readonly SpawnedWorker[]) => {
  for (const worker of workers) worker.stop()
}

describe('a worker that is terminated', () => {
  it('is not missed while it has nothing to do', async () => {
    const { workers, spawn } = caught()
    const { heap, pool } = begin({ threads: 3, spawn })
    const cells = cleared(heap, 10)
    const { step } = loadStaged(heap, pool, ({ chunk }) => addAt(cellOf(cells.address, chunk), 1))
    await pool.settled()
    stopEach(workers.slice(1))
    for (let job = 0; job < 1000; job++) expect(step(10)).toBe(0)
    while (pool.threads() > 2) await setTimeout(1)
    for (let job = 0; job < 1000; job++) expect(step(10)).toBe(0)
    expect(numbersOf(heap, cells)).toEqual(Array.from({ length: 10 }, () => 2000))
    expect(pool.trouble()).toBe('it ended with code 1')
  })

  it('in the middle of a chunk ends the run by a sentence, and all later ones', async () => {
    const { workers, spawn } = caught()
    const { heap, pool } = begin({ threads: 2, limit: 300, spawn })
    const [came, never] = [cleared(heap, 1), cleared(heap, 1)]
    const { step } = loadStaged(
      heap,
      pool,
      ({ isMain, local, callTest }) =>
        when(
          isMain,
          sequence(waitFor(came.address, local('i32')), callTest),
          sequence(addAt(i32(came.address), 1), waitFor(never.address, local('i32'))),
        ),
      () => {
        stopEach(workers)
      },
    )
    await pool.settled()
    expect(step(2)).toBe(workerStopped)
    expect(pool.failure(workerStopped)).toEqual(
      new Error(
        'a worker of the wasm backend stopped in the middle of a step: it has not finished its part within 0.3 s; ' +
          'what this backend holds is not valid and it runs nothing any more: begin again with another wasm backend, ' +
          "or use the backend 'reference'",
      ),
    )
    expect(step(1)).toBe(workerStopped)
    expect(pool.close()).toBe(workerStopped)
  })
})

it('gives up a worker that never finishes, and ends it', async () => {
  const { heap, pool } = begin({ threads: 2, limit: 300 })
  const came = cleared(heap, 1)
  const { step } = loadStaged(heap, pool, ({ isMain, local }) =>
    when(isMain, waitFor(came.address, local('i32')), sequence(addAt(i32(came.address), 1), loop(branch))),
  )
  await pool.settled()
  expect(step(2)).toBe(workerStopped)
  expect(pool.failure(workerStopped)).toBeInstanceOf(Error)
  expect(pool.threads()).toBe(1)
})

it('says why a chunk trapped in a worker, and goes on', async () => {
  const { heap, pool } = begin({ threads: 2 })
  const came = cleared(heap, 1)
  const { step } = loadStaged(heap, pool, ({ isMain, local }) =>
    when(
      isMain,
      waitFor(came.address, local('i32')),
      sequence(addAt(i32(came.address), 1), op('unreachable')),
    ),
  )
  await pool.settled()
  for (let run = 0; run < 3; run++) {
    heap.views().int32[came.address / 4] = 0
    expect(step(2)).toBe(workerFailed)
    expect(pool.failure(workerFailed)).toEqual(
      new Error(
        'a worker of the wasm backend failed in the middle of a step (RuntimeError: unreachable); the results of this ' +
          "step are not valid: run it again, or use the backend 'reference'",
      ),
    )
  }
  const fine = loadStaged(heap, pool, () => nothing)
  await pool.settled()
  for (let run = 0; run < 1000; run++) expect(fine.step(10)).toBe(0)
})

it('leaves no worker at a job that a trap in the main thread has ended', async () => {
  const { heap, pool } = begin({ threads: 2 })
  const [came, entered, left] = [cleared(heap, 1), cleared(heap, 1), cleared(heap, 1)]
  const { step } = loadStaged(heap, pool, ({ isMain, local }) => {
    const count = local('i32')
    return when(
      isMain,
      sequence(waitFor(came.address, local('i32')), op('unreachable')),
      sequence(
        addAt(i32(entered.address), 1),
        addAt(i32(came.address), 1),
        countUp(count, i32(0), i32(100_000), 1, nothing),
        addAt(i32(left.address), 1),
      ),
    )
  })
  await pool.settled()
  for (let run = 0; run < 20; run++) {
    heap.views().int32[came.address / 4] = 0
    expect(() => step(1000)).toThrow('unreachable')
    expect(pool.close()).toBe(0)
    // What traps next may trap outside of any job.
    expect(pool.close()).toBe(0)
    const now = numbersOf(heap, entered)
    expect(numbersOf(heap, left)).toEqual(now)
    await setTimeout(1)
    expect(numbersOf(heap, entered)).toEqual(now)
  }
  const cells = cleared(heap, 10)
  const fine = loadStaged(heap, pool, ({ chunk }) => addAt(cellOf(cells.address, chunk), 1))
  for (let run = 0; run < 1000; run++) expect(fine.step(10)).toBe(0)
  expect(numbersOf(heap, cells)).toEqual(Array.from({ length: 10 }, () => 1000))
})

describe('workers that cannot come', () => {
  it('are named with the reason, and the main thread does everything', () => {
    const { heap, pool } = begin({
      threads: 3,
      spawn: () => {
        throw new Error('workers are forbidden')
      },
    })
    const cells = cleared(heap, 3)
    const { step } = loadStaged(heap, pool, ({ chunk }) => addAt(cellOf(cells.address, chunk), 1))
    expect(step(3)).toBe(0)
    expect(numbersOf(heap, cells)).toEqual([1, 1, 1])
    expect([pool.threads(), pool.trouble()]).toEqual([1, 'workers are forbidden'])
  })

  it('are missed as soon as they fail to load a program', async () => {
    const { heap, pool } = begin({
      threads: 2,
      spawn: (ended) => {
        const worker = spawnWorker(ended)
        return {
          ...worker,
          send: (message) => {
            worker.send(message.kind === 'load' ? { ...message, tableLength: 0 } : message)
          },
        }
      },
    })
    const { step } = loadStaged(heap, pool, () => nothing)
    expect(await pool.settled()).toBe(0)
    expect(step(3)).toBe(0)
    expect(pool.threads()).toBe(1)
    expect(pool.trouble()).toContain('table')
  })

  it('are not even tried where memory is not shared', async () => {
    const { heap, pool } = begin({ threads: 1 })
    loadStaged(heap, pool, () => nothing).step(3)
    expect([await pool.settled(), pool.threads(), pool.trouble()]).toEqual([0, 1, undefined])
  })
})
