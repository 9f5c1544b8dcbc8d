import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { arena } from './arena.ts'

interface Taken {
  readonly offset: number
  readonly bytes: number
}

const overlap = (a: Taken, b: Taken): boolean =>
  a.offset < b.offset + b.bytes && b.offset < a.offset + a.bytes

/** How many bytes to take, or, negative, which of those taken to give back. */
const steps = fc.array(fc.oneof(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: -20, max: -1 })), {
  maxLength: 60,
})

test('what is taken lies apart, is aligned and within the size, and all given back is one block again', () => {
  fc.assert(
    fc.property(steps, (steps) => {
      const memory = arena()
      const taken: Taken[] = []
      const give = (index: number) => {
        const [one] = taken.splice(index, 1)
        if (one !== undefined) memory.give(one.offset, one.bytes)
      }
      for (const step of steps) {
        if (step < 0) {
          if (taken.length > 0) give(-step % taken.length)
          continue
        }
        const one = { offset: memory.take(step), bytes: step }
        expect(taken.filter((other) => overlap(one, other))).toEqual([])
        expect(one.offset % 64).toBe(0)
        expect(one.offset + one.bytes).toBeLessThanOrEqual(memory.size())
        taken.push(one)
      }
      while (taken.length > 0) give(0)
      const size = memory.size()
      expect(memory.take(size)).toBe(0)
      expect(memory.size()).toBe(size)
    }),
  )
})

test('the smallest block that is large enough is taken', () => {
  const memory = arena()
  const large = memory.take(640)
  memory.take(64)
  const small = memory.take(128)
  memory.take(64)
  memory.give(large, 640)
  memory.give(small, 128)
  expect(memory.take(100)).toBe(small)
  expect(memory.take(100)).toBe(large)
})
