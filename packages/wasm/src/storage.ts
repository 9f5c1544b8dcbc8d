import type { Dtype, Storage, TypedArray } from '@pullback/core'
import type { Heap, Region } from './engine/heap.ts'

/** A storage in the memory of a backend. */
export interface WasmStorage extends Storage {
  readonly region: Region
  readonly dtype: Dtype
}

/** All memory as elements of a dtype. */
export function viewOf(heap: Heap, dtype: Dtype): TypedArray {
  return heap.views()[dtype]
}

const shiftOf = (dtype: Dtype): number => (dtype === 'float64' ? 3 : 2)

const emptyOf = (dtype: Dtype, length: number): TypedArray =>
  dtype === 'float32'
    ? new Float32Array(length)
    : dtype === 'float64'
      ? new Float64Array(length)
      : new Int32Array(length)

/** Memory of its own for so many elements; what they are is not defined. */
export function createStorage(heap: Heap, dtype: Dtype, length: number): WasmStorage {
  const region = heap.allocate(Math.max(length, 1) << shiftOf(dtype))
  const first = region.address >>> shiftOf(dtype)
  return {
    region,
    dtype,
    length,
    write(values) {
      if (values.length !== length)
        throw new RangeError(`a storage of ${length} elements is given ${values.length}`)
      viewOf(heap, dtype).set(values, first)
    },
    read() {
      const copy = emptyOf(dtype, length)
      copy.set(viewOf(heap, dtype).subarray(first, first + length))
      return copy
    },
    at(position) {
      const value = position < 0 || position >= length ? undefined : viewOf(heap, dtype)[first + position]
      if (value === undefined)
        throw new RangeError(`position ${position} is outside a storage of ${length} elements`)
      return value
    },
  }
}
