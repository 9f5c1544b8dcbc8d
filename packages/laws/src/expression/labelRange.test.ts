import { add, equal, gather, input, iota, mul, oneHot, reshape, cast, zeros } from '@pullback/core'
import { expect, test } from 'vitest'
import { labelRange } from './labelRange.ts'

const labels = input('labels', [4], 'int32')

test('the range of labels is found in how they are used', () => {
  expect(labelRange(labels, [oneHot(labels, 7)])).toBe(7)
  expect(labelRange(labels, [oneHot(reshape(labels, [2, 2]), 5)])).toBe(5)
  expect(labelRange(labels, [gather(zeros([3, 2]), labels)])).toBe(3)
  expect(labelRange(labels, [equal(reshape(labels, [4, 1]), iota([4, 6], 1))])).toBe(6)
  expect(labelRange(labels, [oneHot(labels, 7), gather(zeros([3, 2]), labels)])).toBe(3)
})

test('labels that index nothing are 0 or 1', () => {
  expect(labelRange(labels, [add(mul(cast(labels, 'float64'), 2), -1)])).toBe(2)
})
