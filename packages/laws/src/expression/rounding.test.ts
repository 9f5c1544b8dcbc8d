import {
  add,
  argmax,
  cast,
  div,
  equal,
  evaluate,
  exp,
  greater,
  input,
  log,
  matmul,
  max,
  mul,
  ones,
  pow,
  reshape,
  sigmoid,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  tensor,
  toArray,
  toNumber,
  where,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { tensorArbitrary } from '../arbitrary/tensorArbitrary.ts'
import { float32, float64, roundingErrors } from './rounding.ts'

type Expression = (x: Tensor) => Tensor

const functions: readonly (readonly [string, Expression])[] = [
  ['hidden ones', (x) => sub(add(tanh(x), 1), 1)],
  [
    'softmax',
    (x) =>
      div(
        exp(sub(x, max(x, { axes: 1, keepDims: true }))),
        sum(exp(sub(x, max(x, { axes: 1, keepDims: true }))), { axes: 1, keepDims: true }),
      ),
  ],
  ['norm', (x) => div(x, sqrt(add(sum(square(x), { axes: 1, keepDims: true }), 1e-3)))],
  ['log', (x) => log(add(square(x), 0.1))],
  ['gate', (x) => where(greater(x, 0.1), mul(x, sigmoid(x)), mul(x, -0.3))],
  ['product', (x) => matmul(x, x, { transposeB: true })],
]

test.each(functions)('float32 is off by no more than the bound says: %s', (_, f) => {
  expect.hasAssertions()
  const x = input('x', [3, 4], 'float64')
  const wide = f(x)
  const error = roundingErrors([wide], float32).get(wide)
  const narrow = f(input('x', [3, 4]))
  fc.assert(
    fc.property(tensorArbitrary([3, 4]), (drawn) => {
      const point = evaluate(cast(drawn, 'float32'))
      const found = evaluate({ wide, error: error as Tensor }, { x: evaluate(cast(point, 'float64')) })
      const rounded = toArray(evaluate(narrow, { x: point }))
      const bounds = toArray(found.error)
      const beyond = Array.from(toArray(found.wide), (value, position) => {
        const bound = bounds[position] ?? 0
        return Math.abs(value - (rounded[position] ?? NaN)) / (2 * bound)
      }).filter((share) => share > 1 && share < Infinity)
      expect(beyond).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('what only movement makes is exact, and so is everything that does not depend on what moves', () => {
  const x = input('x', [2], 'float64')
  const fixed = exp(x)
  const y = mul(fixed, input('w', [2], 'float64'))
  const w = y.expression.operands[1] as AnyTensor
  const errors = roundingErrors([y], { ...float64, from: [w] })
  expect(errors.has(fixed)).toBe(false)
  expect(errors.has(y)).toBe(true)
})

test('a comparison that rounding can turn around makes the error of what it chooses', () => {
  const x = input('x', [], 'float64')
  const y = where(greater(sub(add(x, 1), 1), 0), 5, x)
  const error = roundingErrors([y], float64).get(y) as Tensor
  const at = (value: number) => toNumber(evaluate(error, { x: tensor(value, 'float64') }))
  expect(at(1e-17)).toBeGreaterThan(4)
  expect(at(1e-3)).toBeLessThan(1e-15)
})

test('so does equality where the two are equal but for rounding, unless one is the largest of the other', () => {
  const x = input('x', [3], 'float64')
  const parts = div(exp(x), sum(exp(x)))
  const isOne = where(equal(sum(parts), 1), 5, x)
  const isLargest = where(equal(parts, max(parts)), 5, x)
  const errors = roundingErrors([isOne, isLargest], float64)
  const at = { x: tensor([0, 0, 0], 'float64') }
  expect(Array.from(toArray(evaluate(errors.get(isOne) as Tensor, at)))).toEqual([5, 5, 5])
  expect(errors.get(isLargest) && Array.from(toArray(evaluate(errors.get(isLargest) as Tensor, at)))).toEqual(
    [0, 0, 0],
  )
})

test('where float32 may overflow on the way, a sum may be anything', () => {
  const x = input('x', [3])
  const total = sum(x)
  const product = matmul(reshape(x, [1, 3]), ones([3, 1]))
  const errors = roundingErrors([total, product], float64)
  const at = (...values: readonly [number, number, number]) =>
    [total, product].map((y) => toArray(evaluate(errors.get(y) as Tensor, { x: tensor(values) }))[0])
  expect(at(3e38, 3e38, -3e38)).toEqual([Infinity, Infinity])
  for (const error of at(3e37, 3e37, -3e37)) expect(error).toBeLessThan(1e32)
})

test('an error that is not known stays unknown in all that is computed from it', () => {
  const x = input('x', [2], 'float64')
  const power = exp(sub(x, max(x)))
  const unknown = [div(power, sum(power)), log(sum(power)), sqrt(sum(power)), pow(sum(power), 2)]
  const errors = roundingErrors(unknown, float64)
  for (const y of unknown) {
    const found = toArray(evaluate(errors.get(y) as Tensor, { x: tensor([0, -1.7e308], 'float64') }))
    expect(Array.from(found).some((error) => error < Infinity)).toBe(false)
  }
  const total = sum(power)
  const chosen = [cast(greater(total, 3), 'float64'), cast(argmax(mul(power, total)), 'float64')]
  const doubts = roundingErrors(chosen, float64)
  for (const y of chosen)
    expect(
      toNumber(evaluate(doubts.get(y) as Tensor, { x: tensor([0, -1.7e308], 'float64') })),
    ).toBeGreaterThanOrEqual(1)
})
