import { add, div, input, mul, tensor } from '@pullback/core'
import { expect, test } from 'vitest'
import { constantsOf } from './constants.ts'

test('the numbers of an expression are found, each once and without its sign', () => {
  const x = input('x', [2], 'float64')
  const y = add(mul(x, -2.5), div(add(x, 2.5), tensor([3, Infinity], 'float64')))
  expect([...constantsOf([y])].toSorted((a, b) => a - b)).toEqual([0, 2.5, 3])
})
