import { affine, mul, relu, softmaxCrossEntropy, type Net } from '@pullback/core'
import { expect, test } from 'vitest'
import { brokenBy, withBackward } from '../testing/broken.ts'
import { batchNorm } from '../testing/normalisation.ts'
import { dropout, embedding } from '../testing/selections.ts'
import { compositionLaw } from './composition.ts'

test('right layers compose', () => {
  for (const right of [
    affine(3, 2),
    relu(),
    softmaxCrossEntropy(3),
    batchNorm(2),
    dropout(0.5),
    embedding(3, 2),
  ])
    expect(brokenBy(compositionLaw, right)).toBeUndefined()
})

test('a layer that behaves differently within a net is caught', () => {
  const right: Net = affine(3, 2)
  const wrong: Net = {
    ...right,
    forward: (params, input, context) => {
      const result = right.forward(params, input, context)
      return context?.path === undefined ? result : { ...result, output: mul(result.output, 2) }
    },
  }
  expect(brokenBy(compositionLaw, wrong)).toMatchObject({ law: 'composition' })
})

test('a backward that looks at how often it was asked is caught', () => {
  const right: Net = affine(3, 2)
  let asked = 0
  const wrong = withBackward(right, (params, cache, dOutput) => {
    asked += 1
    return right.backward(params, cache, asked % 2 === 0 ? mul(dOutput, 2) : dOutput)
  })
  expect(brokenBy(compositionLaw, wrong)).toMatchObject({ law: 'composition' })
})
