import { leaves, seed, summary, type Net } from '@pullback/core'
import * as E from '#fp/Either'
import { expect, test } from 'vitest'
import { classifier, weightPaths } from './classifier.ts'
import { twoLayerNet } from './twoLayerNet.ts'
import { unwrapped } from './unwrapped.fixture.ts'

const net: Net = unwrapped(twoLayerNet({ D: 4, H: 5, C: 3 }))

test('the sizes come from the data', () => {
  expect(leaves(net.init(seed(0))).map(([path, { shape }]) => [path, shape])).toEqual([
    ['fc1.W', [4, 5]],
    ['fc1.b', [5]],
    ['fc2.W', [5, 3]],
    ['fc2.b', [3]],
  ])
})

test('weights are penalised, biases are not, and without a strength nothing is', () => {
  expect(weightPaths(net)).toEqual(['fc1.W', 'fc2.W'])
  const penalised = (reg: number) =>
    summary(unwrapped(classifier(net, 3, reg))).rows.flatMap(({ role, path }) =>
      role === 'penalty' ? [path] : [],
    )
  expect(penalised(0.1)).toEqual(['fc1.W', 'fc2.W'])
  expect(penalised(0)).toEqual([])
})

test('a net of another number of classes is answered by a sentence', () => {
  expect(classifier(net, 4, 0)).toMatchObject(E.left(expect.stringContaining('softmaxCrossEntropy(4) takes')))
})
