import {
  add,
  affine,
  greater,
  isTensor,
  log,
  mul,
  relu,
  sigmoid,
  sqrt,
  sum,
  toArray,
  where,
  div,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { computedAt } from '../expression/evaluateSample.ts'
import { structureLaw } from '../law/structure.ts'
import { pointwise } from '../testing/activations.ts'
import type { Configured } from './configuration.ts'
import { sampleArbitrary } from './sampleArbitrary.ts'

const samplesOf = (configured: Configured, runs = 200) =>
  fc.sample(sampleArbitrary(fc.constant(configured)), { numRuns: runs, seed: 3 })

test('a counterexample shrinks to small sizes', () => {
  const property = fc.property(sampleArbitrary(fc.constant<Configured>(relu())), ({ input }) =>
    isTensor(input) ? toArray(input).every((value) => value < 0.5) : true,
  )
  const { counterexample } = fc.check(property, { seed: 1 })
  const input = counterexample?.[0].input
  expect(
    input && isTensor(input) ? input.shape.reduce((count, size) => count * size, 1) : NaN,
  ).toBeLessThanOrEqual(2)
})

test('samples fit the rule of their layer', () => {
  for (const sample of samplesOf(affine(3, 2), 60)) expect(structureLaw.check(sample).verdict).toBe('holds')
})

test('layers that are not defined everywhere are mostly tried where they are', () => {
  for (const layer of [
    pointwise('log', log, (x) => div(1, x)),
    pointwise('sqrt', sqrt, (x) => div(0.5, sqrt(x))),
  ])
    for (const sample of samplesOf(layer, 100))
      expect(toArray(computedAt(sample).output).every(Number.isFinite)).toBe(true)
})

test('what an author makes of inputs is kept', () => {
  const configured: Configured = {
    layer: affine(3, 2),
    input: (x) => (isTensor(x) ? sigmoid(x as Tensor) : x),
    takes: [2, 3],
    mode: 'predict',
  }
  for (const { input, context } of samplesOf(configured, 60)) {
    expect(isTensor(input) && input.shape).toEqual([2, 3])
    expect(isTensor(input) && toArray(input).every((value) => value >= 0 && value <= 1)).toBe(true)
    expect(context.mode).toBe('predict')
  }
})

test('branches that depend on several elements are taken on both sides', () => {
  const rare = pointwise(
    'rare',
    (x) => where(greater(sum(mul(x, x)), 200), add(x, 1), x),
    (x) => add(mul(x, 0), 1),
  )
  const norms = samplesOf(rare).map(({ input }) =>
    isTensor(input) ? Array.from(toArray(input)).reduce((total, value) => total + value * value, 0) : 0,
  )
  expect(norms.some((norm) => norm > 200 && norm < 230)).toBe(true)
  expect(norms.some((norm) => norm < 200 && norm > 170)).toBe(true)
})
