import { allOrNothing } from '../engine/allOrNothing.ts'
import type { Heap, Region } from '../engine/heap.ts'
import { control } from './control.ts'

/** Gives each of so many threads as much scratch memory as the stages of any program so far need. */
export function scratchMemory(heap: Heap, threads: number): (bytes: number) => void {
  let regions: readonly Region[] = []
  let enough = 0
  return (bytes) => {
    if (bytes <= enough) return
    const larger = allOrNothing(heap, ({ allocate }) =>
      Array.from({ length: threads }, () => allocate(bytes)),
    )
    const { int32 } = heap.views()
    for (const [thread, { address }] of larger.entries()) int32[control.scratch / 4 + thread] = address
    for (const region of regions) heap.free(region)
    regions = larger
    enough = bytes
  }
}
