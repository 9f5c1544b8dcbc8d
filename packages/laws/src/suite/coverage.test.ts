import { add, greater, mul, relu, sum, where } from '@pullback/core'
import { expect, test } from 'vitest'
import { coverage } from '../index.ts'
import { pointwise } from '../testing/activations.ts'

test('samples are on both sides of every branch and on it', () => {
  expect(coverage(relu(), { seed: 1 })).toEqual({ samples: 100, branches: 2, uncovered: [] })
})

test('a branch at a threshold of the layer is reached on both sides', () => {
  const kinked = pointwise(
    'kinked',
    (x) => where(greater(x, 37.5), mul(x, 2), x),
    (x) => where(greater(x, 37.5), add(mul(x, 0), 2), 1),
  )
  expect(coverage(kinked, { seed: 1 }).uncovered).toEqual([])
})

test('a branch that no sample takes is described', () => {
  const dead = pointwise(
    'dead',
    (x) => where(greater(mul(x, x), -1), x, 0),
    (x) => add(mul(x, 0), sum(mul(x, 0))),
  )
  expect(coverage(dead, { seed: 1 }).uncovered).toEqual([
    { part: 'forward', branch: '(input * input) > -1', missing: ['below', 'on'] },
  ])
})
