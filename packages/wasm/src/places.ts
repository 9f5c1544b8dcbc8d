import type { Check, Plan } from '@pullback/core'
import type { Origin } from './emit/addresses.ts'
import { bytesOf } from './emit/lanes.ts'
import type { Heap, Region } from './engine/heap.ts'
import { viewOf } from './storage.ts'

/** Where the buffers of a plan are in memory. */
export interface Places {
  readonly origins: readonly Origin[]
  /** What must stay allocated as long as the program can run. */
  readonly regions: Region[]
  /** Where the pointers to inputs and, after them, outputs are. */
  readonly pointers: number
}

/** How many bytes the address of a storage takes. */
export const pointerBytes = 4

/** Gives every buffer of a plan a place, and writes its constants. */
export function placeBuffers(heap: Heap, { buffers, inputs, outputs, arenaBytes }: Plan): Places {
  const pointers = heap.allocate((inputs.length + outputs.length) * pointerBytes)
  const arena = heap.allocate(arenaBytes)
  const regions = [pointers, arena]
  const origins = buffers.map(({ place, dtype }): Origin => {
    switch (place.kind) {
      case 'input':
        return { pointerAt: pointers.address + place.index * pointerBytes }
      case 'output':
        return { pointerAt: pointers.address + (inputs.length + place.index) * pointerBytes }
      case 'arena':
        return { address: arena.address + place.offset }
      case 'constant': {
        const region = heap.allocate(place.values.length * bytesOf(dtype))
        viewOf(heap, dtype).set(place.values, region.address / bytesOf(dtype))
        regions.push(region)
        return { address: region.address }
      }
    }
  })
  return { origins, regions, pointers: pointers.address }
}

/** The sentence of the reference for an index that a check has found out of range. */
export function indexError(
  heap: Heap,
  plan: Plan,
  { origins }: Places,
  { indices, size, what }: Check,
): RangeError {
  const origin = origins[indices]
  const { int32 } = heap.views()
  const address =
    origin === undefined ? 0 : 'address' in origin ? origin.address : (int32[origin.pointerAt / 4] ?? 0) >>> 0
  const { length = 0 } = plan.buffers[indices] ?? {}
  const values = int32.subarray(address / 4, address / 4 + length)
  const position = values.findIndex((index) => index < 0 || index >= size)
  return new RangeError(
    `${what}: index ${values[position]} at position ${position} is outside an axis of size ${size}`,
  )
}
