import { fold, seed } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { permutation } from './permutation.ts'

it('has every position once, and is a function of the key alone', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(200), (value, count) => {
      const order = permutation(seed(value), count)
      expect([...order].toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i))
      expect(permutation(seed(value), count)).toEqual(order)
    }),
  )
})

it('gives every order of three about equally often', () => {
  const counts = new Map<string, number>()
  for (let epoch = 0; epoch < 1200; epoch++) {
    const order = permutation(fold(seed(1), epoch), 3).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(65)
})
