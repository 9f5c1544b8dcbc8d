import { tensor, zeros } from '@pullback/core'
import { expect, it } from 'vitest'
import { showEntries } from './entries.ts'
import { showBounded, showNumber } from './showNumber.ts'

it('tells a tensor in few words', () => {
  expect(showEntries(zeros([0, 3]))).toBe('empty')
  expect(showEntries(tensor(1.5))).toBe('1.5')
  expect(showEntries(tensor([0, 0]))).toBe('all 0')
  expect(
    showEntries(
      tensor([
        [0, 0],
        [-2, 0],
      ]),
    ),
  ).toBe('all 0 but [1, 0] = -2')
  expect(showEntries(tensor([1, 1, 1, 0.5]))).toBe('all 1 but [3] = 0.5')
  expect(showEntries(tensor([3, 4]))).toBe('[0] = 3, [1] = 4')
  expect(showEntries(tensor([2, 3, 4, 5, 6, 7, 8]))).toMatch(/\[5\] = 7, 1 more$/)
})

it('tells a number to the digits that are known', () => {
  expect(showBounded(1.2345678901234, 3.1e-6)).toBe('1.234568 +- 3.1e-6')
  expect(showBounded(Math.PI, 1e-11)).toBe('3.14159265359 +- 1.0e-11')
  expect(showBounded(2, undefined)).toBe('2')
  expect(showBounded(0, 1e-9)).toBe('0 +- 1.0e-9')
  expect(showNumber(-0)).toBe('-0')
})
