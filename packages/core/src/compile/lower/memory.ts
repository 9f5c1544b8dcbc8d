import { bytesPerElement } from '../../tensor/dtype.ts'
import type { BufferInfo, Kernel, Loop, View } from '../plan.ts'
import { arena } from './arena.ts'
import type { Unplaced } from './buffers.ts'
import { sameReach } from './codeList.ts'
import { element } from './element.ts'
import { touches } from './touches.ts'

interface Placed {
  readonly buffers: readonly BufferInfo[]
  readonly arenaBytes: number
}

const bytesOf = ({ dtype, length }: Unplaced): number => length * bytesPerElement(dtype)

function lastTouches(kernels: readonly Kernel[]): ReadonlyMap<number, number> {
  const last = new Map<number, number>()
  for (const [position, kernel] of kernels.entries()) {
    const { reads, writes } = touches(kernel)
    for (const buffer of [...reads, ...writes]) last.set(buffer, position)
  }
  return last
}

/** Whether all that is loaded from a buffer is the element that a store of the same position writes. */
function isReadInStep(loop: Loop, buffer: number, store: View): boolean {
  const loads = loop.loads.filter((view) => view.buffer === buffer)
  return loads.length > 0 && loads.every((view) => sameReach(view, store))
}

/** The loop that runs over the result of a kernel, and the buffers that it must not overwrite. */
function inStep(kernel: Kernel): { readonly loop: Loop | undefined; readonly kept: readonly number[] } {
  if (kernel.kind === 'loop') return { loop: kernel, kept: [] }
  if (kernel.kind === 'matmul')
    return { loop: kernel.epilogue, kept: [kernel.a.buffer, kernel.b.buffer, kernel.out] }
  return { loop: undefined, kept: [] }
}

/**
 * Finds room in an arena for buffers that are temporary: each has its bytes to itself from the first kernel that writes
 * it to the last that reads it. A loop writes over what it reads for the last time, element by element.
 */
export function placeBuffers(kernels: readonly Kernel[], buffers: readonly Unplaced[]): Placed {
  const memory = arena()
  const last = lastTouches(kernels)
  const offsets = new Map<number, number>()
  const isTemporary = (buffer: number): boolean => element(buffers, buffer).place.kind === 'temporary'
  for (const [position, kernel] of kernels.entries()) {
    const { reads, writes } = touches(kernel)
    const dying = new Set(
      [...reads, ...writes].filter((buffer) => isTemporary(buffer) && last.get(buffer) === position),
    )
    const { loop, kept } = inStep(kernel)
    const takeOver = (buffer: number): number | undefined => {
      const stores = loop?.stores.filter(({ view }) => view.buffer === buffer) ?? []
      const [store] = stores
      if (loop === undefined || store === undefined || stores.length > 1 || kept.includes(buffer))
        return undefined
      const { dtype, length } = element(buffers, buffer)
      for (const old of dying) {
        const info = element(buffers, old)
        if (info.dtype !== dtype || info.length !== length || kept.includes(old) || !offsets.has(old))
          continue
        if (writes.includes(old) || !isReadInStep(loop, old, store.view)) continue
        dying.delete(old)
        return offsets.get(old)
      }
      return undefined
    }
    for (const buffer of writes)
      if (isTemporary(buffer) && !offsets.has(buffer))
        offsets.set(buffer, takeOver(buffer) ?? memory.take(bytesOf(element(buffers, buffer))))
    for (const buffer of dying) memory.give(offsets.get(buffer) ?? 0, bytesOf(element(buffers, buffer)))
  }
  return {
    buffers: buffers.map(({ dtype, length, place }, buffer) => ({
      dtype,
      length,
      place: place.kind === 'temporary' ? { kind: 'arena', offset: offsets.get(buffer) ?? 0 } : place,
    })),
    arenaBytes: memory.size(),
  }
}
