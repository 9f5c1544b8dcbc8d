import { allOrNothing } from '../engine/allOrNothing.ts'
import type { Heap, Region } from '../engine/heap.ts'
import { control } from './control.ts'

/** How much scratch memory a program needs: in every thread, and in the main one, which computes alone what is not divided. */
export interface ScratchNeeds {
  readonly inEach: number
  readonly inMain: number
}

/** Gives each of so many threads as much scratch memory as the stages of any program so far need. */
export function scratchMemory(heap: Heap, threads: number): (needs: ScratchNeeds) => void {
  const held: (Region | undefined)[] = Array.from({ length: threads }, () => undefined)
  return ({ inEach, inMain }) => {
    const needed = held.map((region, thread) => {
      const bytes = thread === 0 ? Math.max(inMain, inEach) : inEach
      return bytes > (region?.bytes ?? 0) ? { thread, bytes } : undefined
    })
    const wanting = needed.filter((one) => one !== undefined)
    const larger = allOrNothing(heap, ({ allocate }) =>
      wanting.map(({ thread, bytes }) => ({ thread, region: allocate(bytes) })),
    )
    const { int32 } = heap.views()
    for (const { thread, region } of larger) {
      int32[control.scratch / 4 + thread] = region.address
      const smaller = held[thread]
      if (smaller !== undefined) heap.free(smaller)
      held[thread] = region
    }
  }
}
