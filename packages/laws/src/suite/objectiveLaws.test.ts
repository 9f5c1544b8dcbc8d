import {
  affine,
  l2,
  mul,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  type Objective,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { objectiveLaws } from '../index.ts'

const net = sequential(['N', 3], ['fc1', affine(3, 4)], ['act', relu()], ['fc2', affine(4, 2)])
const right = objective(net, softmaxCrossEntropy(2), { 'fc1.W': l2(0.1) }) as unknown as Objective

const caughtBy = (wrong: Objective): readonly string[] =>
  objectiveLaws(wrong, { only: ['gradient'] })
    .filter(({ property }) => fc.check(property, { numRuns: 15 }).failed)
    .map(({ name }) => name)

test.each(objectiveLaws(right, { rows: 'coupled' }))('an objective obeys $name', ({ property }) => {
  const details = fc.check(property, { numRuns: 8 })
  expect(details.failed ? String(details.errorInstance) : '').toBe('')
})

test('an objective that forgets a penalty in its value is caught', () => {
  const forgetful = objective(net, softmaxCrossEntropy(2)) as unknown as Objective
  expect(caughtBy({ ...right, forward: (...given) => forgetful.forward(...given) })).not.toEqual([])
  expect(caughtBy({ ...forgetful, penalties: right.penalties })).toEqual(['sum'])
})

test('an objective whose backward is doubled is caught', () => {
  const doubled: Objective = {
    ...right,
    backward: (params, cache, dOutput) => right.backward(params, cache, mul(dOutput, 2)),
  }
  expect(caughtBy(doubled)).toEqual(['gradient', 'sum'])
})
