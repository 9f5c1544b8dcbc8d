import {
  add,
  affine,
  div,
  layer,
  mean,
  mul,
  relu,
  signature,
  softmaxCrossEntropy,
  square,
  sum,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { batchNorm } from '../testing/normalisation.ts'
import { brokenBy, withBackward } from '../testing/broken.ts'
import { emptinessLaw } from './emptiness.ts'

test('right layers take empty batches', () => {
  for (const right of [affine(3, 2), relu(), softmaxCrossEntropy(3), batchNorm(2)])
    expect(brokenBy(emptinessLaw, right)).toBeUndefined()
})

test('a mean over the batch that divides by nothing is caught', () => {
  const wrong = layer({
    kind: 'meanSquare',
    shape: signature('meanSquare', ['N', 2], []),
    params: {},
    forward: (_, x) => ({ output: mean(sum(square(x), { axes: 1 })), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: mul(div(mul(x, 2), Math.max(x.shape[0] ?? 0, 1)), dOutput),
    }),
  })
  expect(brokenBy(emptinessLaw, wrong)).toMatchObject({ place: { tensor: 'output' }, analytic: NaN })
})

test('a gradient that does not come from examples is caught', () => {
  const right = affine(3, 2)
  const wrong = withBackward(right, (params, cache, dOutput) => {
    const { dParams, dInput } = right.backward(params as never, cache, dOutput as never)
    return { dParams: { ...dParams, b: add(dParams.b as Tensor, 1e-9) }, dInput }
  })
  expect(brokenBy(emptinessLaw, wrong)).toMatchObject({
    place: { tensor: 'params.b', index: [0] },
    expected: 0,
  })
})
