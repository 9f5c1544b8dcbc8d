import {
  affine,
  cast,
  mul,
  sigmoid,
  softmaxCrossEntropy,
  sub,
  tanh,
  square,
  type Tensor,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { activations, pointwise } from '../testing/activations.ts'
import { brokenBy, withBackward } from '../testing/broken.ts'
import { layerNorm } from '../testing/normalisation.ts'
import { rowMax } from '../testing/selections.ts'
import { derivativeLaw } from './derivative.ts'

test('backward of right layers is the transpose of their exact derivative', () => {
  const right = [affine(3, 2), softmaxCrossEntropy(3), layerNorm(3), rowMax(3)]
  for (const each of [...right, ...activations.map(([, one]) => one)])
    expect([each.kind, brokenBy(derivativeLaw, each)]).toEqual([each.kind, undefined])
})

test('another but equivalent formula is right', () => {
  const same = pointwise('tanh', tanh, (x) => mul(mul(sigmoid(mul(x, 2)), sigmoid(mul(x, -2))), 4))
  expect(brokenBy(derivativeLaw, same)).toBeUndefined()
})

test.each([1e-8, 1e-11])('one entry that is wrong by %d of itself is caught', (error) => {
  const right = affine(3, 2)
  const wrong = withBackward(right, (params, cache, dOutput) => {
    const { dParams, dInput } = right.backward(params as never, cache, dOutput as never)
    return { dParams: { ...dParams, b: mul(dParams.b as Tensor, 1 + error) }, dInput }
  })
  expect(brokenBy(derivativeLaw, wrong)?.place?.tensor).toBe('params.b')
})

test('a gradient that goes through float32 is caught, but not where forward does as well', () => {
  const through = (x: Tensor) => cast(cast(x, 'float32'), 'float64')
  const slope = (x: Tensor) => sub(1, square(tanh(x)))
  expect(
    brokenBy(
      derivativeLaw,
      pointwise('tanh', tanh, (x) => through(slope(x))),
    ),
  ).toBeDefined()
  const narrow = pointwise(
    'tanh',
    (x) => through(tanh(through(x))),
    (x) => through(slope(through(x))),
  )
  expect(brokenBy(derivativeLaw, narrow)).toBeUndefined()
})
