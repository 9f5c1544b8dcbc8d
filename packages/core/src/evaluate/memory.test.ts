import { describe, expect, test } from 'vitest'
import { recyclingMemory } from './memory.ts'

describe('recycled memory', () => {
  test('hands an array out again where dtype and length fit, once', () => {
    const memory = recyclingMemory()
    const array = memory.take('float32', 100)
    memory.give('float32', array)
    expect(memory.take('int32', 100)).toBeInstanceOf(Int32Array)
    expect(memory.take('float32', 101)).toHaveLength(101)
    expect(memory.take('float32', 100)).toBe(array)
    expect(memory.take('float32', 100)).not.toBe(array)
  })

  test('keeps the last few, so that what an evaluation is done with is released', () => {
    const memory = recyclingMemory()
    const arrays = Array.from({ length: 100 }, () => memory.take('float64', 100))
    for (const array of arrays) memory.give('float64', array)
    const again = new Set(Array.from({ length: 100 }, () => memory.take('float64', 100)))
    expect(arrays.filter((array) => again.has(array))).toEqual(arrays.slice(-8))
    expect(again.size).toBe(100)
  })

  test('leaves small arrays to the garbage collector: they come new and zero', () => {
    const memory = recyclingMemory()
    const array = memory.take('float32', 10).fill(7)
    memory.give('float32', array)
    expect(memory.take('float32', 10)).toEqual(new Float32Array(10))
  })
})
