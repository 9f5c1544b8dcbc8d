import { describe, expect, it } from 'vitest'
import { createHeap } from './engine/heap.ts'
import { createStorage } from './storage.ts'

describe('a storage', () => {
  it('of more than the memory can hold is refused, whatever its length', () => {
    const heap = createHeap({ shared: false, maximumBytes: 2 ** 22 })
    for (const length of [2 ** 20, 2 ** 28, 2 ** 29, 2 ** 30, 2 ** 31, 2 ** 32])
      for (const dtype of ['float32', 'float64', 'int32'] as const)
        expect(() => createStorage(heap, dtype, length)).toThrow(RangeError)
  })

  it('of no elements can be written and read', () => {
    const storage = createStorage(createHeap({ shared: false }), 'float32', 0)
    storage.write(new Float32Array(0))
    expect(storage.read()).toEqual(new Float32Array(0))
    expect(() => storage.at(0)).toThrow('position 0 is outside a storage of 0 elements')
  })
})
