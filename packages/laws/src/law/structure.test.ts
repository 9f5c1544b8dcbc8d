import { affine, cast, relu, softmaxCrossEntropy, zeros } from '@pullback/core'
import { expect, test } from 'vitest'
import { brokenBy, withBackward } from '../testing/broken.ts'
import { structureLaw } from './structure.ts'

test('right layers have the right structure', () => {
  for (const layer of [affine(3, 2), relu(), softmaxCrossEntropy(3)])
    expect(brokenBy(structureLaw, layer)).toBeUndefined()
})

test('a gradient of another dtype is caught', () => {
  const layer = affine(3, 2)
  const narrow = withBackward(layer, (params, cache, dOutput) => {
    const { dParams, dInput } = layer.backward(params as never, cache, dOutput as never)
    return { dParams: { ...dParams, b: cast(dParams.b, 'float32') }, dInput }
  })
  expect(brokenBy(structureLaw, narrow)).toMatchObject({
    sentence: 'the gradient is float32 [2], not float64 [2]',
    place: { tensor: 'params.b' },
  })
})

test('a gradient of labels and a missing one are caught', () => {
  const layer = softmaxCrossEntropy(3)
  const both = withBackward(layer, (params, cache, dOutput) => {
    const { dInput } = layer.backward(params, cache, dOutput as never)
    return { dParams: {}, dInput: { ...dInput, labels: zeros([1], 'float64') } }
  })
  expect(brokenBy(structureLaw, both)?.place?.tensor).toBe('input.labels')
  const none = withBackward(layer, () => ({ dParams: {}, dInput: {} }))
  expect(brokenBy(structureLaw, none)).toMatchObject({
    sentence: 'the gradient is missing',
    place: { tensor: 'input.logits' },
  })
})

test('a gradient of the transposed shape is caught', () => {
  const layer = affine(3, 2)
  const turned = withBackward(layer, (params, cache, dOutput) => {
    const { dParams, dInput } = layer.backward(params as never, cache, dOutput as never)
    return { dParams: { ...dParams, W: zeros([2, 3], 'float64') }, dInput }
  })
  expect(brokenBy(structureLaw, turned)?.sentence).toBe('the gradient is float64 [2, 3], not float64 [3, 2]')
})

test('what a layer throws is said', () => {
  const layer = relu()
  const throwing = withBackward(layer, () => {
    throw new TypeError('no')
  })
  expect(brokenBy(structureLaw, throwing)?.sentence).toBe('backward throws: no')
})
