import {
  add,
  exp,
  mul,
  objective,
  sequential,
  softmaxCrossEntropy,
  square,
  sub,
  tensor,
  l2,
  affine,
} from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'
import { missingPath, missingTerm } from './missingTerm.ts'

it('sees that a penalty is left out of a gradient', () => {
  const loss = objective(sequential(['N', 2], ['fc', affine(2, 3)]), softmaxCrossEntropy(3), {
    'fc.W': l2(0.05),
  })
  const wrong = {
    ...loss,
    backward: (...[params, cache, dOutput]: Parameters<typeof loss.backward>) => {
      const { dParams, dInput } = loss.backward(params, cache, dOutput)
      const W = sub(dParams.fc.W, mul(mul(params.fc.W, 0.1), dOutput))
      return { dInput, dParams: { ...dParams, fc: { ...dParams.fc, W } } }
    },
  }
  const input = { input: tensor([[1, 2]], 'float64'), labels: tensor([2], 'int32') }
  const violation = violationOf(sampleOf(wrong, input))
  expect(missingTerm(evidenceFor(violation, exactLaw))).toBe(
    "lacks 0.1 fc.W: a term, such as a penalty's, is left out",
  )
  expect(hintFor(violation, exactLaw)).toMatch('lacks 0.1 fc.W')
})

it('sees that the way around a branch is left out', () => {
  const wrong = elementwise(
    (x) => add(x, exp(x)),
    (x, dOutput) => mul(exp(x), dOutput),
  )
  const violation = violationOf(sampleOf(wrong, [2, 2]))
  expect(missingPath(evidenceFor(violation, exactLaw))).toMatch('lacks 1 dOutput')
})

it('sees no term in another bug', () => {
  const wrong = elementwise(square, (x, dOutput) => mul(mul(x, x), dOutput))
  const evidence = evidenceFor(violationOf(sampleOf(wrong, [2, 2])), exactLaw)
  expect(missingTerm(evidence)).toBeUndefined()
  expect(missingPath(evidence)).toBeUndefined()
})
