import { affine, objective, relu, sequential, softmaxCrossEntropy, tensor } from '@pullback/core'
import { expect, it } from 'vitest'
import { chain, fit, momentum, sgd } from '../index.ts'

const net = sequential(['N', 2], ['fc1', affine(2, 16)], ['relu', relu()], ['fc2', affine(16, 2)])
const loss = objective(net, softmaxCrossEntropy(2))
const data = { input: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), labels: tensor([0, 1, 1, 0], 'int32') } // prettier-ignore

it('learns xor', async () => {
  let reached: number | undefined
  const optimizer = chain(momentum(0.9), sgd(0.1))
  for await (const { accuracy, params } of fit(loss, { data, optimizer, epochs: 200, batch: 3 })) {
    expect(params.fc1.W.shape).toEqual([2, 16])
    reached = accuracy
    if (accuracy === 1) break
  }
  expect(reached).toBe(1)
})
