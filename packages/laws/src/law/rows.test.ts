import {
  affine,
  concat,
  mul,
  type Tensor,
  div,
  layer,
  signature,
  mean,
  sub,
  add,
  iota,
  softmaxCrossEntropy,
} from '@pullback/core'
import { expect, test } from 'vitest'
import { batchNorm, layerNorm } from '../testing/normalisation.ts'
import { brokenBy, withBackward } from '../testing/broken.ts'
import { rowsLaw } from './rows.ts'

test('right layers keep what they promise', () => {
  for (const right of [affine(3, 2), layerNorm(3), concat(['a', 2], ['b', 1])])
    expect(brokenBy(rowsLaw('rowwise'), right)).toBeUndefined()
  for (const right of [batchNorm(2), softmaxCrossEntropy(3)])
    expect(brokenBy(rowsLaw('coupled'), right)).toBeUndefined()
})

test('a layer that couples its rows is caught if it promised not to, and not looked at if it promised nothing', () => {
  expect(brokenBy(rowsLaw('rowwise'), batchNorm(2))?.sentence).toBe(
    'a batch gives something else than its two parts',
  )
  expect(brokenBy(rowsLaw(undefined), batchNorm(2))).toBeUndefined()
})

test('a gradient averaged over the batch is caught', () => {
  const right = affine(3, 2)
  const wrong = withBackward(right, (params, cache, dOutput) => {
    const { dParams, dInput } = right.backward(params as never, cache, dOutput as never)
    return {
      dParams: { ...dParams, b: div(dParams.b as Tensor, Math.max(dOutput.shape[0] ?? 1, 1)) },
      dInput,
    }
  })
  expect(brokenBy(rowsLaw('rowwise'), wrong)?.place?.tensor).toBe('params.b')
})

test('a layer to which the order of its rows matters is caught', () => {
  const wrong = layer({
    kind: 'numbered',
    shape: signature('numbered', ['N', 2], ['N', 2]),
    params: {},
    forward: (_, x) => {
      const factor = add(mul(iota([x.shape[0] ?? 0, 2], 0, 'float64'), 0.5), 1)
      return { output: sub(mul(x, factor as Tensor), mean(x, { axes: 1, keepDims: true })), cache: {} }
    },
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
  expect(brokenBy(rowsLaw('coupled'), wrong)?.sentence).toContain('in another order')
})
