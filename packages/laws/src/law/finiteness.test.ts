import {
  add,
  div,
  exp,
  layer,
  log,
  log1p,
  max,
  mean,
  mul,
  sameShape,
  signature,
  softmaxCrossEntropy,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { activations, pointwise } from '../testing/activations.ts'
import { brokenBy } from '../testing/broken.ts'
import { division } from '../testing/pairs.ts'
import { layerNorm } from '../testing/normalisation.ts'
import { finitenessLaw } from './finiteness.ts'

const rows = (kind: string, value: (x: Tensor) => Tensor) =>
  layer({
    kind,
    shape: signature(kind, ['N', 3], ['N', 3]),
    params: {},
    forward: (_, x) => ({ output: value(x), cache: {} }),
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })

const options = { axes: 1, keepDims: true }

test('right layers give finite numbers, or infinite ones where no formula gives others', () => {
  const logarithm = pointwise('log', log, (x) => div(1, x))
  const root = pointwise('sqrt', sqrt, (x) => div(0.5, sqrt(x)))
  const right = [softmaxCrossEntropy(1), softmaxCrossEntropy(4), layerNorm(3), division(), logarithm, root]
  for (const each of [...right, ...activations.map(([, one]) => one)])
    expect([each.kind, brokenBy(finitenessLaw, each, 150)]).toEqual([each.kind, undefined])
})

test.each([
  [
    'softplus that overflows',
    pointwise(
      'softplus',
      (x) => log1p(exp(x)),
      (x) => x,
    ),
  ],
  ['a softmax without a shift', rows('softmax', (x) => div(exp(x), sum(exp(x), options)))],
  [
    'the logarithm of a softmax',
    rows('logSoftmax', (x) => {
      const powers = exp(sub(x, max(x, options)))
      return log(div(powers, sum(powers, options)))
    }),
  ],
  [
    'rows over a deviation that may be zero',
    rows('standardised', (x) => {
      const centred = sub(x, mean(x, options))
      return div(centred, sqrt(mean(square(centred), options)))
    }),
  ],
  ['p log p', rows('entropy', (x) => mul(square(x), log(square(x))))],
])('%s is caught', (_, wrong) => {
  expect(brokenBy(finitenessLaw, wrong, 300)).toMatchObject({ law: 'finiteness' })
})

test('a backward that overflows where forward does not is caught', () => {
  const wrong = layer({
    kind: 'sigmoid',
    shape: sameShape('sigmoid'),
    params: {},
    forward: (_, x) => ({ output: div(1, add(exp(mul(x, -1)), 1)), cache: { x } }),
    backward: (_, { x }, dOutput) => {
      const power = exp(mul(x, -1))
      return { dParams: {}, dInput: mul(dOutput, div(power, square(add(power, 1)))) }
    },
  })
  expect(brokenBy(finitenessLaw, wrong, 300)?.sentence).toContain('backward')
})
