import { describe, expect, test } from 'vitest'
import { erf, power, sigmoid, truncateToInt32 } from './special.ts'

describe('erf', () => {
  // Computed with 40 digits.
  test.each([
    [1e-300, 1.1283791670955126022e-300],
    [1e-10, 1.128379167095512615e-10],
    [0.1, 0.1124629160182848984],
    [0.3, 0.32862675945912741619],
    [0.46875, 0.49261347321793799159],
    [0.46876, 0.49262253110684652927],
    [0.5, 0.52049987781304653768],
    [1, 0.84270079294971486934],
    [1.5, 0.96610514647531072707],
    [2, 0.99532226501895273416],
    [3, 0.99997790950300141456],
    [3.9, 0.99999996520775140277],
    [4, 0.99999998458274209972],
    [4.1, 0.99999999329997234592],
    [5, 0.99999999999846254021],
    [5.8, 0.99999999999999976444],
  ])('of %d is %d, and of its negative the negative', (x, expected) => {
    expect(Math.abs(erf(x) - expected)).toBeLessThanOrEqual(2.5e-16 * expected)
    expect(erf(-x)).toBe(-erf(x))
  })

  test('at the ends', () => {
    expect([0, -0, Infinity, -Infinity, Number.NaN, 27, 1e300].map(erf)).toEqual([
      0,
      -0,
      1,
      -1,
      Number.NaN,
      1,
      1,
    ])
  })

  test('rises, across the borders of its pieces too', () => {
    for (const border of [0.46875, 4])
      for (let step = -50; step < 50; step++)
        expect(erf(border + (step + 1) * 1e-6)).toBeGreaterThan(erf(border + step * 1e-6))
  })
})

test('sigmoid of special values', () => {
  expect([0, -0, Infinity, -Infinity, Number.NaN].map(sigmoid)).toEqual([0.5, 0.5, 1, 0, Number.NaN])
  expect(sigmoid(-745)).toBeGreaterThan(0)
})

test('power as IEEE 754 has it', () => {
  expect(power(1, Number.NaN)).toBe(1)
  expect(power(-1, Infinity)).toBe(1)
  expect(power(Number.NaN, 0)).toBe(1)
  expect(power(-1, Number.NaN)).toBeNaN()
  expect(power(-8, 1 / 3)).toBeNaN()
  expect(power(-2, 3)).toBe(-8)
})

test('truncation to int32', () => {
  expect([1.9, -1.9, 3e9, -3e9, Infinity, -Infinity].map(truncateToInt32)).toEqual([
    1,
    -1,
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 31 - 1,
    -(2 ** 31),
  ])
  expect(truncateToInt32(Number.NaN)).toBe(0)
})
