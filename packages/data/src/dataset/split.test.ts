import { seed, toArray, toNested } from '@pullback/core'
import { split, xor, type Dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { datasets } from './dataset.arbitrary.ts'

const positions = ({ features, size }: Dataset): readonly number[] =>
  Array.from(toArray(features)).filter((_, at) => at % ((features.shape[1] ?? 1) || size) === 0)

const classCounts = ({ labels, classes }: Dataset): readonly number[] => {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of toArray(labels)) counts[label] = (counts[label] ?? 0) + 1
  return counts
}

const fractions = fc
  .tuple(fc.nat(8), fc.nat(8))
  .map(([a, b]) => ({ a: a / 16, b: b / 16, c: (16 - a - b) / 16 }))

test('every example goes to one part and the parts have their share, rounded', () => {
  fc.assert(
    fc.property(datasets, fractions, fc.nat(), fc.boolean(), (data, shares, number, stratified) => {
      const parts = split(data, shares, seed(number), { stratified })
      const all = [parts.a, parts.b, parts.c].flatMap(positions)
      expect(all.toSorted((x, y) => x - y)).toEqual(
        Array.from({ length: data.size }, (_, position) => position),
      )
      const ends = [0, shares.a, shares.a + shares.b, 1].map((end) => Math.round(data.size * end))
      for (const [part, name] of (['a', 'b', 'c'] as const).entries()) {
        const exact = (ends[part + 1] ?? 0) - (ends[part] ?? 0)
        expect(Math.abs(parts[name].size - exact)).toBeLessThanOrEqual(stratified ? data.classes : 0)
      }
    }),
  )
})

test('stratified, every class is split by the same fractions', () => {
  fc.assert(
    fc.property(datasets, fractions, fc.nat(), (data, shares, number) => {
      const parts = split(data, shares, seed(number), { stratified: true })
      const counts = classCounts(data)
      for (const name of ['a', 'b', 'c'] as const)
        for (const [label, count] of classCounts(parts[name]).entries())
          expect(Math.abs(count - (counts[label] ?? 0) * shares[name])).toBeLessThanOrEqual(1)
    }),
  )
})

test('one key gives one split, another key another', () => {
  const data = xor(seed(0))
  const half = (number: number) => toNested(split(data, { half: 0.5 }, seed(number)).half.features)
  expect(half(1)).toEqual(half(1))
  expect(half(1)).not.toEqual(half(2))
})

test('fractions of less than the whole leave the rest out, of more are refused', () => {
  const data = xor(seed(0), { points: 100 })
  expect(split(data, { few: 0.07, none: 0 }, seed(0)).few.size).toBe(7)
  expect(split(data, { few: 0.07, none: 0 }, seed(0)).none.size).toBe(0)
  expect(() => split(data, { a: 0.7, b: 0.4 }, seed(0))).toThrow('0.7 + 0.4 are not fractions')
  expect(() => split(data, { a: -0.1 }, seed(0))).toThrow(RangeError)
  expect(() => split(data, { a: Number.NaN }, seed(0))).toThrow(RangeError)
  const tenths = split(data, { a: 0.1, b: 0.2, c: 0.7 }, seed(0))
  expect(tenths.a.size + tenths.b.size + tenths.c.size).toBe(100)
})

test('as many parts as there are fractions, each with its share', () => {
  const data = xor(seed(0), { points: 400 })
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 }), fc.boolean(), (count, stratified) => {
      const shares = Object.fromEntries(Array.from({ length: count }, (_, part) => [`p${part}`, 1 / count]))
      const sizes = Object.values(split(data, shares, seed(1), { stratified })).map(({ size }) => size)
      expect(sizes).toHaveLength(count)
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(400)
      // Both ends of a part are rounded, in each of the two classes if stratified.
      for (const size of sizes)
        expect(Math.abs(size - 400 / count)).toBeLessThanOrEqual((stratified ? 2 : 1) + 1e-9)
    }),
    { examples: [[200, false]], numRuns: 30 },
  )
})
