import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHeap, reservedBytes, spareBytes, type Region } from './heap.ts'

const actions = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.record({ allocate: fc.oneof(fc.nat(300), fc.nat(300_000)) }) },
    fc.record({ free: fc.nat() }),
  ),
  { maxLength: 100, size: 'max' },
)

describe.each([false, true])('a heap, shared: %s', (shared) => {
  it('gives aligned regions that lie in its memory and never overlap', () => {
    fc.assert(
      fc.property(actions, (sequence) => {
        const heap = createHeap({ shared })
        const live: Region[] = []
        for (const action of sequence)
          if ('allocate' in action) live.push(heap.allocate(action.allocate))
          else for (const region of live.splice(action.free % (live.length + 1), 1)) heap.free(region)
        const size = heap.memory.buffer.byteLength
        let end = reservedBytes
        for (const { address, bytes } of live.toSorted((a, b) => a.address - b.address)) {
          expect(address % 64).toBe(0)
          expect(address).toBeGreaterThanOrEqual(end)
          end = address + Math.max(1, bytes)
        }
        expect(end).toBeLessThanOrEqual(size - spareBytes)
        for (const region of live) heap.free(region)
        expect(heap.bytesInUse()).toBe(0)
        expect(heap.allocate(size - reservedBytes - spareBytes).address).toBe(reservedBytes)
        expect(heap.memory.buffer.byteLength).toBe(size)
      }),
    )
  })

  it('keeps what is in a region when it grows, and renews its views only then', () => {
    const heap = createHeap({ shared })
    const region = heap.allocate(4)
    heap.views().float32[region.address / 4] = 7
    const before = heap.views()
    heap.allocate(1000)
    expect(heap.views()).toBe(before)
    heap.allocate(3_000_000)
    const { float32, float64, int32, uint8 } = heap.views()
    for (const view of [float32, float64, int32, uint8]) expect(view.buffer).toBe(heap.memory.buffer)
    expect(float32[region.address / 4]).toBe(7)
  })

  it('says what was asked, what there is and what to do when it cannot grow, and goes on', () => {
    const heap = createHeap({ shared, maximumBytes: 2 ** 22 })
    const region = heap.allocate(2 ** 21)
    expect(() => heap.allocate(2 ** 22)).toThrow(
      new RangeError(
        'the wasm backend needs 4.0 MiB more memory, but of the 2.1 MiB that it has 2.0 MiB are in use, and it ' +
          'cannot grow by 4.0 MiB (at most to 4.0 MiB): use smaller batches, drop results that are no longer needed ' +
          "and let the event loop turn, which frees them, or use the backend 'reference'",
      ),
    )
    heap.free(region)
    expect(heap.allocate(2 ** 21).address).toBe(region.address)
  })
})

it('frees a region once, however often it is told to', () => {
  const heap = createHeap({ shared: false })
  const region = heap.allocate(100)
  heap.free(region)
  heap.free(region)
  expect(heap.bytesInUse()).toBe(0)
})

it('stays as it is over 100,000 cycles', () => {
  const heap = createHeap({ shared: false })
  const live: (Region | undefined)[] = Array.from({ length: 50 })
  for (let cycle = 0; cycle < 100_000; cycle++) {
    const place = (cycle * 7919) % 50
    const old = live[place]
    if (old !== undefined) heap.free(old)
    live[place] = heap.allocate((cycle * 104_729) % 10_000)
  }
  expect(heap.memory.buffer.byteLength).toBe(2 ** 20)
})

it('frees what is collected', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = createHeap({ shared: false })
  const kept = heap.allocate(64)
  const drop = () => {
    for (let count = 0; count < 100; count++) heap.allocate(64)
  }
  drop()
  while (heap.bytesInUse() > kept.bytes) {
    collect()
    await setTimeout(1)
  }
  expect(heap.bytesInUse()).toBe(kept.bytes)
})
