import { expect, test } from 'vitest'
import { cotangents, drawCotangent } from './cotangent.ts'
import { randomFrom } from './random.ts'
import { drawValues, regimes } from './regime.ts'

test.each([...regimes])('%s: finite, and a function of the seed', (regime) => {
  const draw = () => drawValues(regime, 200, randomFrom(7, 'x'), [0, 3])
  expect(draw()).toEqual(draw())
  expect(draw().every(Number.isFinite)).toBe(true)
  expect(drawValues(regime, 0, randomFrom(7, 'x'))).toHaveLength(0)
})

test('landmarks are met exactly, closely on both sides, and half way between', () => {
  const values = drawValues('landmarks', 4000, randomFrom(1, 'x'), [2, 6])
  const near = (at: number, from: number, to: number) =>
    values.some((value) => value - at > from && value - at < to)
  expect(values.includes(6)).toBe(true)
  expect(near(6, 0, 0.02)).toBe(true)
  expect(near(6, -0.02, 0)).toBe(true)
  expect(values.includes(4)).toBe(true)
  expect(values.includes(-6)).toBe(true)
})

test('the grid has ties and zeros', () => {
  const values = drawValues('grid', 100, randomFrom(1, 'x'))
  expect(new Set(values).size).toBeLessThanOrEqual(9)
  expect(values.includes(0)).toBe(true)
})

test.each([...cotangents])('a cotangent %s asks for something', (kind) => {
  for (const count of [1, 5])
    expect(drawCotangent(kind, 60 * count, randomFrom(3, 'w')).some((value) => value !== 0)).toBe(true)
})

test('normal numbers have mean 0 and variance 1', () => {
  const values = drawValues('normal', 20_000, randomFrom(11, 'x'))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan(0.03)
  expect(Math.abs(variance - 1)).toBeLessThan(0.04)
})
