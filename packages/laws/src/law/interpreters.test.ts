import { add, affine, cast, mul, relu, softmaxCrossEntropy, sub, type Net } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { layerLaws } from '../suite/layerLaws.ts'
import { activations, pointwise } from '../testing/activations.ts'
import { brokenBy } from '../testing/broken.ts'
import { convolution } from '../testing/convolution.ts'
import { layerNorm } from '../testing/normalisation.ts'
import { interpretersLaw } from './interpreters.ts'

test('right layers give in float32 what they give in float64', () => {
  const right = [affine(3, 2), relu(), softmaxCrossEntropy(3), layerNorm(3), convolution(2, 2, 1)]
  for (const each of [...right, ...activations.map(([, one]) => one)])
    expect([each.kind, brokenBy(interpretersLaw, each)]).toEqual([each.kind, undefined])
})

test('a layer that takes float64 alone is caught', () => {
  const wrong = pointwise(
    'double',
    (x) => mul(x, cast(mul(x, 0), 'float64') as never),
    (x) => x,
  )
  expect(brokenBy(interpretersLaw, wrong)?.sentence).toContain('with float32 numbers the layer throws: mul')
})

test('a layer that means something else in float32 is caught', () => {
  const wrong = pointwise(
    'other',
    (x) => (x.dtype === 'float32' ? add(x, 1e-4) : sub(x, 0)),
    (x) => add(mul(x, 0), 1),
  )
  expect(brokenBy(interpretersLaw, wrong)?.sentence).toBe('float32 and float64 differ by more than rounding')
})

test('what float32 cannot tell apart is counted as undecided, and resolution does not hold it against the layer', () => {
  const drowned = pointwise(
    'drowned',
    (x) => sub(add(x, 1e8), 1e8),
    (x) => add(mul(x, 0), 1),
  )
  const undecided = (layer: Net): number | undefined => {
    const laws = layerLaws(layer, { only: ['interpreters'] })
    for (const { property } of laws) fc.assert(property, { seed: 1, numRuns: 50 })
    return laws[0]?.undecided()
  }
  expect(undecided(drowned)).toBeGreaterThan(0.25)
  expect(undecided(relu())).toBe(0)
})
