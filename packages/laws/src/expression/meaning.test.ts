import {
  add,
  div,
  evaluate,
  exp,
  log,
  log1p,
  max,
  mean,
  mul,
  square,
  sub,
  sum,
  tensor,
  toArray,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { tensorArbitrary } from '../arbitrary/tensorArbitrary.ts'
import { meaningOf } from './meaning.ts'
import { toFloat, type Unbounded } from './unbounded.ts'

const meant = (y: Tensor): readonly number[] =>
  Array.from(toArray(evaluate(toFloat(meaningOf([y]).get(y) as Unbounded))))

const options = { axes: 0, keepDims: true }

test.each<readonly [string, (x: Tensor) => Tensor, readonly number[], readonly number[]]>([
  ['softplus', (x) => log1p(exp(x)), [1e4, -1e4, 0], [1e4, 0, Math.LN2]],
  ['a softmax', (x) => div(exp(x), sum(exp(x), options)), [1e4, 1e4, -1e4], [0.5, 0.5, 0]],
  ['a power over its square', (x) => div(exp(x), square(add(exp(x), 1))), [1e4, 0], [0, 0.25]],
  ['log of exp', (x) => log(exp(x)), [-1e4, 3, 900], [-1e4, 3, 900]],
  ['a largest element', (x) => log(max(exp(x), options)), [5, 1e4, 2], [1e4]],
])('what overflows on the way has its meaning: %s', (_, f, x, expected) => {
  meant(f(tensor(x as number[], 'float64'))).forEach((value, index) =>
    expect(value).toBeCloseTo(expected[index] ?? NaN, 8),
  )
})

test('what is too large stays so, and what is not defined', () => {
  expect(meant(exp(tensor([1e4], 'float64')))).toEqual([Infinity])
  expect(meant(log(tensor([-1], 'float64')))).toEqual([NaN])
  expect(meant(div(tensor([0], 'float64'), 0))).toEqual([NaN])
})

test('where nothing overflows it is what evaluate gives', () => {
  fc.assert(
    fc.property(tensorArbitrary([2, 3]), (x) => {
      const y = add(mul(exp(mul(x, 0.01)), sub(x, mean(x))), log1p(square(x)))
      const plain = toArray(evaluate(y))
      meant(y).forEach((value, index) => {
        const expected = plain[index] ?? NaN
        expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(expected)))
      })
    }),
    { numRuns: 60 },
  )
})
