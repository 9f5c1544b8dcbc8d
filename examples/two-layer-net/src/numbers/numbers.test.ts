import { expect, test } from 'vitest'
import { grouped } from './grouped.ts'
import { percent } from './percent.ts'
import { showLoss, showTick } from './scientific.ts'

test.each([
  [0, '0.0 %'],
  [0.9874, '98.7 %'],
  [0.99949, '99.9 %'],
  [0.99969, '99.97 %'],
  [0.9999999, '99.99999 %'],
  [1, '100.0 %'],
])('the share %d is %s', (share, expected) => {
  expect(percent(share)).toBe(expected)
})

test('thousands are parted', () => {
  expect([grouped(999), grouped(10_000), grouped(1234.56, 1)]).toEqual(['999', '10,000', '1,234.6'])
})

test('a huge loss has an exponent', () => {
  expect([showLoss(0.12345), showLoss(2147.5), showLoss(8.25e13)]).toEqual([
    '0.1235',
    '2,147.5000',
    '8.2500e13',
  ])
})

test.each([
  [0, '0'],
  [0.30000000000000004, '0.3'],
  [0.001, '0.001'],
  [2.5, '2.5'],
  [20_000, '20,000'],
  [1e14, '1e14'],
  [2.5e14, '2.5e14'],
  [1e-5, '1e-5'],
])('beside an axis, %d is %s', (value, expected) => {
  expect(showTick(value)).toBe(expected)
})
