import {
  affine,
  evaluate,
  objectiveFrom,
  randomNormal,
  relu,
  residual,
  seed,
  sequential,
  shared,
  softmaxCrossEntropy,
  tensor,
  toArray,
  zeros,
} from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { activations } from './activations.ts'
import { dropout } from '../layers.arbitrary.ts'
import { smallRun } from '../run.arbitrary.ts'

it('end with the output of the net, to the bit', () => {
  fc.assert(
    fc.property(smallRun, fc.integer(), ({ objective, options }, from) => {
      const { net } = objective
      const input = options.data['input'] ?? zeros([0, 3])
      const params = net.init(seed(from), { dtype: input.dtype === 'float64' ? 'float64' : 'float32' })
      const context = { key: seed(from), mode: 'train', state: objective.initialState } as const
      const found = activations(objective, params, options.data, context)
      const { output } = net.forward(params, input, { ...context, state: net.initialState })
      const [name, last] = found.at(-1) ?? ['', input]
      expect(name).toBe('the output of fc2')
      expect(toArray(last)).toEqual(toArray(output))
    }),
  )
})

it('walk into nets within nets, and name layers that are shared or draw by their nodes', () => {
  const block = sequential(['N', 2], ['fc', affine(2, 2)], ['drop', dropout()])
  const net = sequential(
    ['N', 2],
    ['first', affine(2, 2)],
    ['block', residual(block)],
    ['relu', relu()],
    ['again', shared('first')],
  )
  const built = objectiveFrom(net, softmaxCrossEntropy(2))
  if ('left' in built) throw new Error(built.left)
  const params = net.init(seed(1))
  const input = evaluate(randomNormal(seed(2), [3, 2]))
  const inputs = { input, labels: tensor([0, 1, 0], 'int32') }
  const found = activations(built.right, params, inputs, { key: seed(3) })
  const names = found.map(([name]) => name.replace('the output of ', ''))
  expect(names[0]).toBe('first')
  expect(names.filter((name) => name.startsWith('block.')).length).toBeGreaterThanOrEqual(2)
  expect(names.slice(-2)).toEqual(['relu', 'again'])
  const { output } = built.right.net.forward(params, input, { key: seed(3) })
  expect(toArray(found.at(-1)?.[1] ?? input)).toEqual(toArray(output))
})
