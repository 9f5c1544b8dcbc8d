import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { access, i32, op, sequence, when } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { pause } from '../engine/clock.ts'
import type { Heap, Region } from '../engine/heap.ts'
import { control } from './control.ts'
import { begin, cleared, numbersOf, stopAll } from './crewed.fixture.ts'
import { mostChunks } from './jobWord.ts'
import type { Pool } from './pool.ts'
import { addAt, cellOf, loadStaged, waitFor } from './staged.fixture.ts'

afterEach(stopAll)

const counts = (heap: Heap, pool: Pool, cells: Region) =>
  loadStaged(heap, pool, ({ chunk }) => addAt(cellOf(cells.address, chunk), 1))

describe.each([1, 2, 4])('a pool of %i threads', (threads) => {
  it('runs every chunk of every job once', async () => {
    const { heap, pool } = begin({ threads })
    const cells = cleared(heap, mostChunks + 100)
    const { step } = counts(heap, pool, cells)
    expect(await pool.settled()).toBe(threads - 1)
    fc.assert(
      fc.property(fc.oneof(fc.nat(20), fc.nat(mostChunks + 100)), fc.boolean(), (chunks, wakes) => {
        heap.views().int32.fill(0, cells.address / 4, cells.address / 4 + mostChunks + 100)
        expect(step(chunks, wakes)).toBe(0)
        const expected = Array.from({ length: mostChunks + 100 }, (_, chunk) => (chunk < chunks ? 1 : 0))
        expect(numbersOf(heap, cells)).toEqual(expected)
      }),
    )
  })

  it('runs 100,000 tiny jobs of two programs in turn', async () => {
    const { heap, pool } = begin({ threads })
    const cells = cleared(heap, 2)
    const programs = [
      loadStaged(heap, pool, () => addAt(i32(cells.address), 1)),
      loadStaged(heap, pool, () => addAt(i32(cells.address + 4), 1)),
    ]
    await pool.settled()
    for (let job = 0; job < 50_000; job++)
      for (const { step } of programs) if (step(3, job % 3 > 0) !== 0) throw new Error('a job failed')
    expect(numbersOf(heap, cells)).toEqual([150_000, 150_000])
  })

  it('runs jobs before any worker has come', () => {
    const { heap, pool } = begin({ threads })
    const cells = cleared(heap, 5)
    expect(counts(heap, pool, cells).step(5)).toBe(0)
    expect(numbersOf(heap, cells)).toEqual([1, 1, 1, 1, 1])
  })

  it('gives every thread scratch memory of its own', async () => {
    const { heap, pool } = begin({ threads })
    const wrong = cleared(heap, 1)
    const { step } = loadStaged(heap, pool, ({ chunk, scratch, local }) => {
      const at = local('i32')
      const mine = access('i32.load', 0, scratch)
      return sequence(
        access('i32.store', 0, scratch, chunk.get),
        countUp(at, i32(0), i32(1000), 1, when(op('i32.ne', mine, chunk.get), addAt(i32(wrong.address), 1))),
      )
    })
    await pool.settled()
    for (let job = 0; job < 100; job++) step(20)
    expect(numbersOf(heap, wrong)).toEqual([0])
  })
})

it('has workers take part', async () => {
  const { heap, pool } = begin({ threads: 3 })
  const came = cleared(heap, 1)
  const { step } = loadStaged(heap, pool, ({ isMain, local }) =>
    when(isMain, waitFor(came.address, local('i32')), addAt(i32(came.address), 1)),
  )
  expect(await pool.settled()).toBe(2)
  expect(step(2)).toBe(0)
  expect(pool.threads()).toBe(3)
  expect(pool.trouble()).toBeUndefined()
})

it('leaves those asleep who are not worth waking', async () => {
  const { heap, pool } = begin({ threads: 3 })
  const came = cleared(heap, 1)
  const { step } = loadStaged(heap, pool, ({ isMain }) =>
    when(op('i32.eqz', isMain), addAt(i32(came.address), 1)),
  )
  expect(await pool.settled()).toBe(2)
  while (Atomics.load(heap.views().int32, control.sleepers / 4) < 2) await pause(1)
  expect(step(1000, false)).toBe(0)
  expect(Atomics.load(heap.views().int32, control.sleepers / 4)).toBe(2)
  expect(numbersOf(heap, came)).toEqual([0])
})

it('reaches memory that the heap has grown by since workers came', async () => {
  const { heap, pool } = begin({ threads: 2 })
  counts(heap, pool, cleared(heap, 1)).step(2)
  await pool.settled()
  for (const bytes of [2 ** 22, 2 ** 24, 2 ** 26]) {
    heap.allocate(bytes)
    const cells = cleared(heap, 1001)
    const { step } = counts(heap, pool, cells)
    await pool.settled()
    expect(step(1001)).toBe(0)
    expect(numbersOf(heap, cells)).toEqual(Array.from({ length: 1001 }, () => 1))
  }
})

it('has room for ever new programs if old ones are released', async () => {
  const { heap, pool } = begin({ threads: 2 })
  const cells = cleared(heap, 10)
  for (let program = 0; program < 300; program++) {
    const { loaded, step } = counts(heap, pool, cells)
    expect(loaded.place.position).toBe(0)
    expect(step(10)).toBe(0)
    pool.release(loaded)
    pool.release(loaded)
  }
  const came = cleared(heap, 1)
  const { step } = loadStaged(heap, pool, ({ isMain, local }) =>
    when(isMain, waitFor(came.address, local('i32')), addAt(i32(came.address), 1)),
  )
  expect(await pool.settled()).toBe(1)
  expect(step(2)).toBe(0)
  expect(numbersOf(heap, cells)).toEqual(Array.from({ length: 10 }, () => 300))
})
