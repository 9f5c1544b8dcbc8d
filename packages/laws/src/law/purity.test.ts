import { affine, layer, mul, relu, sameShape, type Tensor } from '@pullback/core'
import { expect, test } from 'vitest'
import { brokenBy } from '../testing/broken.ts'
import { dropout } from '../testing/selections.ts'
import { purityLaw } from './purity.ts'

test('right layers are pure', () => {
  for (const right of [affine(3, 2), relu(), dropout(0.5)]) expect(brokenBy(purityLaw, right)).toBeUndefined()
})

test('a layer that remembers the last batch in a closure is caught', () => {
  let last: Tensor | undefined
  const remembering = layer({
    kind: 'remembering',
    shape: sameShape('remembering'),
    params: {},
    forward: (_, x) => {
      last = x
      return { output: mul(x, x), cache: {} }
    },
    backward: (_, __, dOutput) => ({
      dParams: {},
      dInput: mul(dOutput, last?.shape.join() === dOutput.shape.join() ? mul(last, 2) : 0),
    }),
  })
  expect(brokenBy(purityLaw, remembering)?.sentence).toContain('remembers')
})

test('a layer that counts its calls is caught', () => {
  let calls = 0
  const counting = layer({
    kind: 'counting',
    shape: sameShape('counting'),
    params: {},
    forward: (_, x) => {
      calls += 1
      return { output: mul(x, calls), cache: {} }
    },
    backward: (_, __, dOutput) => ({ dParams: {}, dInput: dOutput }),
  })
  expect(brokenBy(purityLaw, counting)?.sentence).toBe(
    'forward and backward give something else the second time',
  )
})

test('a layer that writes to the record of its parameters is caught', () => {
  const layer = affine(3, 2)
  const writing = {
    ...layer,
    forward: (params: Record<string, Tensor>, x: never) => {
      const result = layer.forward(params as never, x)
      params['W'] = mul(params['W'] as Tensor, 2)
      return result
    },
  }
  expect(brokenBy(purityLaw, writing as never)?.sentence).toContain('no longer what it was')
})
