import {
  affine,
  heNormal,
  heUniform,
  initialConstant,
  initialZeros,
  seed,
  toArray,
  weightScale,
  xavierNormal,
  xavierUniform,
  type Initializer,
} from '@pullback/core'
import { expect, test } from 'vitest'

const [fanIn, fanOut] = [300, 100] as const

const drawn = (W: Initializer): readonly number[] =>
  Array.from(toArray(affine(fanIn, fanOut, { W }).init(seed(1), { dtype: 'float64' }).W))

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length
const varianceOf = (values: readonly number[]): number => mean(values.map((value) => value ** 2))

test.each([
  ['heNormal', heNormal(), 2 / fanIn],
  ['heUniform', heUniform(), 2 / fanIn],
  ['xavierNormal', xavierNormal(), 2 / (fanIn + fanOut)],
  ['xavierUniform', xavierUniform(), 2 / (fanIn + fanOut)],
  ['weightScale', weightScale(0.03), 0.0009],
] as const)('%s has mean 0 and its variance', (_, initializer, variance) => {
  const values = drawn(initializer)
  expect(Math.abs(mean(values))).toBeLessThan(4 * Math.sqrt(variance / values.length))
  expect(Math.abs(varianceOf(values) / variance - 1)).toBeLessThan(0.04)
})

test.each([
  ['heUniform', heUniform(), Math.sqrt(6 / fanIn)],
  ['xavierUniform', xavierUniform(), Math.sqrt(6 / (fanIn + fanOut))],
] as const)('%s fills its range and stays in it', (_, initializer, limit) => {
  const values = drawn(initializer)
  expect(Math.max(...values)).toBeLessThan(limit)
  expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit)
  expect(Math.max(...values)).toBeGreaterThan(limit * 0.99)
  expect(Math.min(...values)).toBeLessThan(-limit * 0.99)
})

test('constants are constant', () => {
  expect(new Set(drawn(initialConstant(0.5)))).toEqual(new Set([0.5]))
  expect(new Set(drawn(initialZeros()))).toEqual(new Set([0]))
})

test.each([Number.NaN, Infinity, -1])('a deviation of %d is refused', (deviation) => {
  expect(() => weightScale(deviation)).toThrow(
    `weightScale: the deviation must be a finite number from 0 on, not ${deviation}`,
  )
})

test.each([Number.NaN, -Infinity])('a constant of %d is refused', (value) => {
  expect(() => initialConstant(value)).toThrow(`initialConstant: the value must be finite, not ${value}`)
})
