import { input, scalar, toNumber } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { constant, exponentialDecay, stepDecay } from '../index.ts'

const initial = fc.integer({ min: -64, max: 64 }).map((value) => value / 16)
const factor = fc.integer({ min: 1, max: 128 }).map((value) => value / 64)
const step = fc.nat(200)
const length = fc.integer({ min: 1, max: 50 })

const at = (schedule: ReturnType<typeof constant>, t: number) => toNumber(schedule(scalar(t, 'int32')))

describe('schedules', () => {
  it('keep, halve and fall in stairs as their formulas say', () => {
    fc.assert(
      fc.property(initial, factor, length, step, (value, rate, steps, t) => {
        expect(at(constant(value), t)).toBe(value)
        const smooth = value * rate ** (t / steps)
        expect(at(exponentialDecay(value, { rate, steps }), t)).toBeCloseTo(smooth, 8)
        let stairs = value
        for (let stair = steps; stair <= t; stair += steps) stairs *= rate
        const found = at(stepDecay(value, { factor: rate, every: steps }), t)
        expect(Math.abs(found - stairs)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(stairs)))
      }),
    )
  })

  it('are expressions of the step, whose value they need not know', () => {
    const unknown = input('step', [], 'int32')
    for (const schedule of [
      constant(1),
      exponentialDecay(1, { rate: 0.5 }),
      stepDecay(1, { factor: 0.5, every: 3 }),
    ])
      expect(schedule(unknown).shape).toEqual([])
  })

  it('say which number makes no sense', () => {
    expect(() => exponentialDecay(1, { rate: 0 })).toThrow(
      new RangeError('exponentialDecay: rate is 0, which is not a positive number'),
    )
    expect(() => exponentialDecay(1, { rate: 0.5, steps: -1 })).toThrow('steps is -1')
    expect(() => stepDecay(1, { factor: 0.5, every: Number.NaN })).toThrow('stepDecay: every is NaN')
  })
})
