import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { permutation } from './permutation.ts'
import { fold, seed } from './random.ts'

test('every position comes once, and one key gives one order', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.nat(200), (number, count) => {
      const order = permutation(seed(number), count)
      expect([...order].toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: count }, (_, position) => position),
      )
      expect(permutation(seed(number), count)).toEqual(order)
    }),
  )
})

test('all orders are equally likely', () => {
  const counts = new Map<string, number>()
  for (let draw = 0; draw < 6000; draw++) {
    const order = permutation(fold(seed(3), draw), 3).join('')
    counts.set(order, (counts.get(order) ?? 0) + 1)
  }
  expect(counts.size).toBe(6)
  // Chi squared with 5 degrees of freedom exceeds 20.5 once in a thousand times.
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0)
  expect(chiSquared).toBeLessThan(20.5)
})

test('the order of a seed stays what it is', () => {
  expect([...permutation(seed(7), 8)]).toEqual([5, 6, 1, 4, 0, 3, 7, 2])
})

test.each([-1, 1.5, Number.NaN])('%s is no count', (count) => {
  expect(() => permutation(seed(0), count)).toThrow(`permutation: [${count}] is not a shape`)
})
