import type { Heap, Region } from './heap.ts'

/** Frees at once what something has allocated that could not be finished. */
export function allOrNothing<T>(heap: Heap, make: (heap: Heap) => T): T {
  const regions: Region[] = []
  try {
    const made = make({
      ...heap,
      allocate(bytes) {
        const region = heap.allocate(bytes)
        regions.push(region)
        return region
      },
    })
    // Whoever keeps the heap that was made with keeps no region by it.
    regions.length = 0
    return made
  } catch (error) {
    for (const region of regions) heap.free(region)
    throw error
  }
}
