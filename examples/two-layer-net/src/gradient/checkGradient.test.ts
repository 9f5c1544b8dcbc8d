import {
  layer,
  relu,
  sameShape,
  sequential,
  affine,
  mul,
  softmaxCrossEntropy,
  type Net,
  objectiveFrom,
  where,
  greater,
  maximum,
} from '@pullback/core'
import { spirals } from '@pullback/data'
import { seed } from '@pullback/core'
import { expect, test } from 'vitest'
import { classifier } from '../net/classifier.ts'
import { twoLayerNet } from '../net/twoLayerNet.ts'
import { unwrapped } from '../net/unwrapped.fixture.ts'
import { checkGradient } from './checkGradient.ts'
import { gradientSentence } from './gradientSentence.ts'
import { totals, worstTensor } from './gradientCheck.ts'

const data = spirals(seed(0), { pointsPerClass: 20 })

const objectiveOf = (net: Net, reg = 0.01) => unwrapped(classifier(net, 3, reg))

const small = unwrapped(twoLayerNet({ D: 2, H: 10, C: 3 }))

test('all derivatives of the two-layer net agree, whatever the seed', () => {
  for (const number of [0, 1, 2, 3]) {
    const check = checkGradient(objectiveOf(small), data, number)
    const { size, checked, agreeing, unresolved } = totals(check)
    expect([size, checked, agreeing + unresolved]).toEqual([63, 63, 63])
    expect(agreeing).toBeGreaterThan(50)
    expect(worstTensor(check)?.worst.relativeError).toBeLessThan(1e-7)
    expect(check.examples).toBe(8)
  }
})

test('a large net is checked by a sample of every tensor, and the sentence says so', () => {
  const check = checkGradient(objectiveOf(unwrapped(twoLayerNet({ D: 2, H: 400, C: 3 }))), data, 0)
  expect(check.tensors.map(({ path, checked }) => [path, checked])).toEqual([
    ['fc1.W', 100],
    ['fc1.b', 100],
    ['fc2.W', 100],
    ['fc2.b', 3],
  ])
  expect(gradientSentence(check)).toMatch(
    /^gradient check: \d+ of 303 parameters \(a sample of 2,403\) agree with certified differences(?:, \d undecided)?, worst relative error \d\.\de-\d+ at fc\d\.[Wb]\[\d+(, \d+)?\]$/,
  )
})

/** ReLU with a mistake: its gradient passes a tenth of what it should stop. */
const leaking = () =>
  layer({
    kind: 'leaking',
    shape: sameShape('leaking'),
    params: {},
    forward: (_, x) => ({ output: maximum(x, 0), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: where(greater(x, 0), dOutput, mul(dOutput, 0.1)),
    }),
  })

test('a wrong layer is found out in the parameters before it, not in those behind', () => {
  const net = sequential(['N', 2], ['fc1', affine(2, 10)], ['relu', leaking()], ['fc2', affine(10, 3)])
  const check = checkGradient(objectiveOf(net), data, 0)
  const agreeing = Object.fromEntries(
    check.tensors.map(({ path, size, agreeing }) => [path, agreeing === size]),
  )
  expect(agreeing).toEqual({ 'fc1.W': false, 'fc1.b': false, 'fc2.W': true, 'fc2.b': true })
  expect(worstTensor(check)?.path).toMatch(/^fc1/)
})

test('a kink of ReLU near the point is no disagreement', () => {
  // Two of three examples are at the origin, where biases alone decide on which side of the kink a unit is.
  const net = sequential(
    ['N', 2],
    ['fc1', affine(2, 30)],
    ['a', relu()],
    ['b', affine(30, 30)],
    ['c', relu()],
    ['fc2', affine(30, 3)],
  )
  const objective = unwrapped(objectiveFrom(net, softmaxCrossEntropy(3)))
  const { checked, agreeing, unresolved } = totals(
    checkGradient(objective, spirals(seed(0), { pointsPerClass: 1 }), 3),
  )
  expect(agreeing + unresolved).toBe(checked)
  expect(unresolved).toBeLessThan(checked / 20)
})
