import { createHeap, type Heap, type Region } from '../engine/heap.ts'
import { createPool, type Pool, type PoolOptions } from './pool.ts'

const pools: Pool[] = []

/** Ends all workers that tests have started. */
export function stopAll(): void {
  for (const pool of pools.splice(0)) pool.stop()
}

/** A pool over a heap of its own. */
export function begin(options: PoolOptions): { heap: Heap; pool: Pool } {
  const heap = createHeap({ shared: options.threads > 1 })
  const pool = createPool(heap, options)
  pools.push(pool)
  return { heap, pool }
}

/** Memory for so many int32 numbers, all 0. */
export function cleared(heap: Heap, count: number): Region {
  const region = heap.allocate(4 * count)
  heap.views().int32.fill(0, region.address / 4, region.address / 4 + count)
  return region
}

/** The int32 numbers in a region. */
export const numbersOf = (heap: Heap, { address, bytes }: Region): readonly number[] => [
  ...heap.views().int32.subarray(address / 4, (address + bytes) / 4),
]
