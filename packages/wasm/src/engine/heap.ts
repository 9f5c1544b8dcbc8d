import { freeList, type Extent } from './freeList.ts'
import { webAssembly, type WasmMemory } from './webAssembly.ts'

/** Memory of the heap that is in use for as long as this object is reachable, or until it is freed. */
export interface Region {
  /** In bytes, a multiple of 64. */
  readonly address: number
  readonly bytes: number
}

/** All memory, as numbers; out of date once the heap has grown. */
export interface Views {
  readonly float32: Float32Array<ArrayBuffer | SharedArrayBuffer>
  readonly float64: Float64Array<ArrayBuffer | SharedArrayBuffer>
  readonly int32: Int32Array<ArrayBuffer | SharedArrayBuffer>
  readonly uint8: Uint8Array<ArrayBuffer | SharedArrayBuffer>
}

/** The one memory of a backend, and who uses which part of it. */
export interface Heap {
  readonly memory: WasmMemory
  readonly shared: boolean
  /**
   * Memory that nothing else uses; what is in it is not defined. It is free again once the region is collected: who keeps
   * the address keeps the region. The engine tells what it has collected between tasks only.
   *
   * @throws RangeError if the memory cannot grow by what is missing
   */
  readonly allocate: (bytes: number) => Region
  /** Frees a region before it is collected; a second time does nothing. */
  readonly free: (region: Region) => void
  /** The same object until the heap grows. */
  readonly views: () => Views
  readonly bytesInUse: () => number
}

export interface HeapOptions {
  /** Whether workers may share it. */
  readonly shared: boolean
  /** What it may grow to, at most 4 GiB, which is the default. */
  readonly maximumBytes?: number
}

/** The bytes at the beginning that no region has: control words of the threads. */
export const reservedBytes = 4096
/** The bytes at the end that no region has: vectors are read whole, also from the last element of a region on. */
export const spareBytes = 64

const pageBytes = 65536
const initialPages = 16
const mostPages = 65536
const mostGrowthPages = 1024
const alignment = 64

const mebibytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`

/** A memory that can grow as far as the engine lets it: the address space of all its growth is reserved now. */
function createMemory(shared: boolean, wanted: number): { memory: WasmMemory; maximum: number } {
  if (webAssembly === undefined) throw new Error('the wasm backend needs an engine that has WebAssembly')
  for (let maximum = wanted; ; maximum = Math.max(initialPages, maximum >> 1))
    try {
      return { memory: new webAssembly.Memory({ initial: initialPages, maximum, shared }), maximum }
    } catch (error) {
      if (maximum > initialPages) continue
      const least = mebibytes(initialPages * pageBytes)
      throw new RangeError(
        `the wasm backend needs ${least} of memory to begin with, but the engine gives none: ` +
          "end what else uses memory, or use the backend 'reference'",
        { cause: error },
      )
    }
}

const viewsOf = ({ buffer }: WasmMemory): Views => ({
  float32: new Float32Array(buffer),
  float64: new Float64Array(buffer),
  int32: new Int32Array(buffer),
  uint8: new Uint8Array(buffer),
})

/** Begins a heap of 1 MiB. */
export function createHeap({ shared, maximumBytes = mostPages * pageBytes }: HeapOptions): Heap {
  const wanted = Math.min(mostPages, Math.max(initialPages, Math.floor(maximumBytes / pageBytes)))
  const { memory, maximum } = createMemory(shared, wanted)
  let pages = initialPages
  let views = viewsOf(memory)
  let bytesInUse = 0
  const free = freeList()
  const end = (): number => pages * pageBytes - spareBytes
  free.give({ address: reservedBytes, bytes: end() - reservedBytes })

  const extents = new WeakMap<Region, Extent>()
  const giveBack = (extent: Extent) => {
    bytesInUse -= extent.bytes
    free.give(extent)
  }
  const collected = new FinalizationRegistry(giveBack)

  const grow = (bytes: number) => {
    const missing = Math.ceil((bytes - free.freeAtEnd(end())) / pageBytes)
    // More than is asked for, as each growth renews all views.
    const generous = Math.min(maximum - pages, Math.max(missing, Math.min(pages, mostGrowthPages)))
    for (const more of [generous, missing])
      if (more >= missing && pages + more <= maximum)
        try {
          memory.grow(more)
          views = viewsOf(memory)
          free.give({ address: end(), bytes: more * pageBytes })
          pages += more
          return
        } catch {
          // The less generous growth may still be possible; what cannot grow at all is told below.
        }
    throw new RangeError(
      `the wasm backend needs ${mebibytes(bytes)} more memory, but of the ${mebibytes(pages * pageBytes)} that it has ` +
        `${mebibytes(bytesInUse)} are in use, and it cannot grow by ${mebibytes(missing * pageBytes)} ` +
        `(at most to ${mebibytes(maximum * pageBytes)}): use smaller batches, drop results that are no longer needed ` +
        "and let the event loop turn, which frees them, or use the backend 'reference'",
    )
  }

  return {
    memory,
    shared,
    allocate(bytes) {
      const size = Math.max(1, Math.ceil(bytes / alignment)) * alignment
      let address = free.take(size)
      if (address === undefined) {
        grow(size)
        address = free.take(size)
      }
      if (address === undefined) throw new Error(`a heap that grew has no ${size} bytes`)
      const region: Region = { address, bytes }
      const extent = { address, bytes: size }
      bytesInUse += size
      extents.set(region, extent)
      collected.register(region, extent, region)
      return region
    },
    free(region) {
      const extent = extents.get(region)
      if (extent === undefined) return
      extents.delete(region)
      collected.unregister(region)
      giveBack(extent)
    },
    views: () => views,
    bytesInUse: () => bytesInUse,
  }
}
