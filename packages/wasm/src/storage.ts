import type { Dtype, Storage, TypedArray } from '@pullback/core'
import { bytesOf } from './emit/lanes.ts'
import type { Heap, Region } from './engine/heap.ts'
import type { WasmMemory } from './engine/webAssembly.ts'

/** A storage in the memory of a backend. */
export interface WasmStorage extends Storage {
  readonly region: Region
  readonly dtype: Dtype
  /** The memory that it is in. */
  readonly memory: WasmMemory
  /** Copies all elements of another of the same heap, dtype and length. */
  readonly copy: (from: WasmStorage) => void
  /** Says why its elements are not valid, which everybody is told who wants them, until they are written anew. */
  readonly spoil: (reason: Error) => void
  /** Why its elements are not valid, if they are not. */
  readonly spoiled: () => Error | undefined
  /** Says that more than one executable uses it: `release` then leaves it to be collected. */
  readonly share: () => void
  /** Frees its memory at once, unless it is shared; who wants its elements afterwards is told so. */
  readonly release: () => void
}

/** All memory as elements of a dtype. */
export function viewOf(heap: Heap, dtype: Dtype): TypedArray {
  return heap.views()[dtype]
}

const emptyOf = (dtype: Dtype, length: number): TypedArray =>
  dtype === 'float32'
    ? new Float32Array(length)
    : dtype === 'float64'
      ? new Float64Array(length)
      : new Int32Array(length)

/** Memory of its own for so many elements; what they are is not defined. */
export function createStorage(heap: Heap, dtype: Dtype, length: number): WasmStorage {
  const region = heap.allocate(Math.max(length, 1) * bytesOf(dtype))
  const first = region.address / bytesOf(dtype)
  let spoiled: Error | undefined
  let isShared = false
  let released: Error | undefined
  const assertValid = () => {
    const reason = released ?? spoiled
    if (reason !== undefined) throw reason
  }
  return {
    region,
    dtype,
    length,
    memory: heap.memory,
    write(values) {
      if (released !== undefined) throw released
      if (values.length !== length)
        throw new RangeError(`a storage of ${length} elements is given ${values.length}`)
      viewOf(heap, dtype).set(values, first)
      spoiled = undefined
    },
    read() {
      assertValid()
      const copy = emptyOf(dtype, length)
      copy.set(viewOf(heap, dtype).subarray(first, first + length))
      return copy
    },
    at(position) {
      assertValid()
      const value = position < 0 || position >= length ? undefined : viewOf(heap, dtype)[first + position]
      if (value === undefined)
        throw new RangeError(`position ${position} is outside a storage of ${length} elements`)
      return value
    },
    copy({ region: { address }, spoiled: spoiledFrom }) {
      const begin = address / bytesOf(dtype)
      viewOf(heap, dtype).copyWithin(first, begin, begin + length)
      spoiled = spoiledFrom()
    },
    spoil(reason) {
      spoiled = reason
    },
    spoiled: () => released ?? spoiled,
    share() {
      isShared = true
    },
    release() {
      if (isShared) return
      released = new Error(
        'the elements of this storage are gone: the executable that made it was released or was lent another',
      )
      heap.free(region)
    },
  }
}
