import { tensor, toNumber } from '@pullback/core'
import { expect, test } from 'vitest'
import { optimizerNames } from '../arguments/options.ts'
import { optimizerFor } from './optimizerFor.ts'

test.each(optimizerNames)(
  '%s goes downhill, and at the end of training by a tenth of the learning rate',
  (name) => {
    const optimizer = optimizerFor(name, 0.5, 100)
    const params = { b: tensor([0], 'float64') }
    const gradients = { b: tensor([1], 'float64') }
    const first = optimizer.update(gradients, optimizer.init(params), params)
    expect(toNumber(first.updates.b)).toBeLessThan(0)
  },
)

test('the learning rate of plain descent falls to a tenth', () => {
  const optimizer = optimizerFor('sgd', 0.5, 2)
  const params = { b: tensor([0], 'float64') }
  let state = optimizer.init(params)
  const updates = [0, 1, 2].map(() => {
    const updated = optimizer.update({ b: tensor([1], 'float64') }, state, params)
    state = updated.state
    return toNumber(updated.updates.b)
  })
  expect(updates[0]).toBeCloseTo(-0.5, 12)
  expect(updates[2]).toBeCloseTo(-0.05, 12)
})
