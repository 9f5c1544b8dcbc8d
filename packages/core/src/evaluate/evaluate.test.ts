import { evaluate, max, sub, tensor, toNested, toNumber, sum, mul } from '@pullback/core'
import { expect, test } from 'vitest'

test('a broadcast maximum is subtracted from its row', () => {
  const x = tensor([
    [1, 2, 3],
    [6, 5, 4],
  ])
  expect(toNested(sub(x, max(x, { axes: 1, keepDims: true })))).toEqual([
    [-2, -1, 0],
    [0, -1, -2],
  ])
})

test('every tensor of a tree is evaluated', () => {
  const x = tensor([1, 2, 3])
  const { total, squares } = evaluate({ total: sum(x), squares: mul(x, x) })
  expect(toNumber(total)).toBe(6)
  expect(toNested(squares)).toEqual([1, 4, 9])
})
