import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { access, i32, op, sequence, when } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import { createHeap, type Heap, type Region } from '../engine/heap.ts'
import { createPool, type Pool, type PoolOptions } from './pool.ts'
import { mostChunks } from './jobWord.ts'
import { addAt, cellOf, loadStaged, waitFor } from './staged.fixture.ts'

const pools: Pool[] = []

afterEach(() => {
  for (const pool of pools.splice(0)) pool.stop()
})

function begin(options: PoolOptions): { heap: Heap; pool: Pool } {
  const heap = createHeap({ shared: options.threads > 1 })
  const pool = createPool(heap, options)
  pools.push(pool)
  return { heap, pool }
}

function cleared(heap: Heap, count: number): Region {
  const region = heap.allocate(4 * count)
  heap.views().int32.fill(0, region.address / 4, region.address / 4 + count)
  return region
}

const numbersOf = (heap: Heap, { address }: Region, count: number): readonly number[] => [
  ...heap.views().int32.subarray(address / 4, address / 4 + count),
]

const counts = (heap: Heap, pool: Pool, cells: Region) =>
  loadStaged(heap, pool, ({ chunk }) => addAt(cellOf(cells.address, chunk), 1))

describe.each([1, 2, 4])('a pool of %i threads', (threads) => {
  it('runs every chunk of every job once', async () => {
    const { heap, pool } = begin({ threads })
    const cells = cleared(heap, mostChunks + 100)
    const { step } = counts(heap, pool, cells)
    expect(await pool.settled()).toBe(threads - 1)
    fc.assert(
      fc.property(fc.oneof(fc.nat(20), fc.nat(mostChunks + 100)), (chunks) => {
        heap.views().int32.fill(0, cells.address / 4, cells.address / 4 + mostChunks + 100)
        expect(step(chunks)).toBe(0)
        const expected = Array.from({ length: mostChunks + 100 }, (_, chunk) => (chunk < chunks ? 1 : 0))
        expect(numbersOf(heap, cells, mostChunks + 100)).toEqual(expected)
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
      for (const { step } of programs) if (step(3) !== 0) throw new Error('a job failed')
    expect(numbersOf(heap, cells, 2)).toEqual([150_000, 150_000])
  })

  it('runs jobs before any worker has come', () => {
    const { heap, pool } = begin({ threads })
    const cells = cleared(heap, 5)
    expect(counts(heap, pool, cells).step(5)).toBe(0)
    expect(numbersOf(heap, cells, 5)).toEqual([1, 1, 1, 1, 1])
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
    expect(numbersOf(heap, wrong, 1)).toEqual([0])
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
