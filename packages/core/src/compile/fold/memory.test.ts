import { compileFold } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bitsOf } from '../../testing/bits.ts'
import { smallMemory } from '../smallMemory.fixture.ts'
import { batches, examples, start, step, training } from './training.fixture.ts'

describe('the memory of a fold', () => {
  test.each([1, 2, 8])('is freed as programs are dropped, %d of which are kept', (programs) => {
    fc.assert(
      fc.property(batches, (orders) => {
        const { backend, memory } = smallMemory(Infinity)
        const [compiled, wanted] = [
          compileFold(step, { carried: { params: start }, constants: examples, backend, programs }),
          training(),
        ]
        for (const order of orders) {
          for (const fold of [compiled, wanted]) fold.step({ positions: Int32Array.from(order) })
          expect(bitsOf(compiled.snapshot())).toEqual(bitsOf(wanted.snapshot()))
          expect(memory.programs).toBeLessThanOrEqual(programs)
        }
        compiled.release()
        compiled.release()
        expect(memory.programs).toBe(0)
        // What one program alone has used is free; what was shared is left to the collector.
        const sizes = new Set(orders.map(({ length }) => length))
        expect(sizes.size > 1 || memory.used === 0).toBe(true)
      }),
      { numRuns: 30 },
    )
  })

  test('is not touched once it was released', () => {
    const compiled = training()
    compiled.step({ positions: Int32Array.of(1) })
    const snapshot = compiled.snapshot()
    const text = bitsOf(snapshot)
    compiled.release()
    const uses: readonly (() => unknown)[] = [
      () => {
        compiled.step({ positions: Int32Array.of(1) })
      },
      () => {
        compiled.load(snapshot)
      },
      () => compiled.result('loss'),
      () => compiled.results(),
      () => compiled.snapshot(),
    ]
    for (const use of uses)
      expect(use).toThrow('compileFold: the fold was released; make another one from a snapshot')
    expect(bitsOf(snapshot)).toEqual(text)
  })

  test('that is too small for another program is as it was', () => {
    const { backend } = smallMemory(300)
    const compiled = compileFold(step, { carried: { params: start }, constants: examples, backend })
    compiled.step({ positions: Int32Array.of(1) })
    const before = bitsOf(compiled.snapshot())
    expect(() => {
      compiled.step({ positions: Int32Array.of(1, 2) })
    }).toThrow(RangeError)
    expect(bitsOf(compiled.snapshot())).toEqual(before)
    compiled.step({ positions: Int32Array.of(2) })
    const fresh = training()
    for (const at of [1, 2]) fresh.step({ positions: Int32Array.of(at) })
    expect(bitsOf(compiled.snapshot())).toEqual(bitsOf(fresh.snapshot()))
  })
})
