import {
  affine,
  differentiate,
  input,
  l2,
  leaves,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  sub,
  mul,
  zipTrees,
} from '@pullback/core'
import { expect, test } from 'vitest'
import type { Program } from '../program.ts'
import { lower } from './lower.ts'
import { showPlan } from './showPlan.ts'

const net = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])
const loss = objective(net, softmaxCrossEntropy(3), { 'fc1.W': l2(0.25), 'fc2.W': l2(0.25) })

/** One step of gradient descent of the two-layer net, traced by hand. */
function twoLayerStep(): Program {
  const params = {
    fc1: { W: input('fc1.W', [4, 10]), b: input('fc1.b', [10]) },
    fc2: { W: input('fc2.W', [10, 3]), b: input('fc2.b', [3]) },
  }
  const batch = { input: input('X', [5, 4]), labels: input('y', [5], 'int32') }
  const { value, gradients } = differentiate(loss)(params, batch)
  const updated = leaves(zipTrees(params, gradients, (p, g) => sub(p, mul(g, 0.5))))
  const before = leaves(params)
  return {
    inputs: [...before, ['X', batch.input] as const, ['y', batch.labels] as const].map(
      ([name, { shape, dtype }]) => ({
        name,
        shape,
        dtype,
      }),
    ),
    outputs: [...updated.map(([name, tensor]) => ({ name, tensor })), { name: 'loss', tensor: value }],
    carried: updated.map((_, index) => ({ output: index, input: index })),
  }
}

test('the step of a two-layer net is five matrix products with epilogues and ten loops', () => {
  const { kernels } = lower(twoLayerStep())
  const ofKind = (kind: string) => kernels.filter((kernel) => kernel.kind === kind)
  expect(ofKind('matmul')).toHaveLength(5)
  expect(kernels.every((kernel) => kernel.kind !== 'matmul' || kernel.epilogue !== undefined)).toBe(true)
  expect(ofKind('loop')).toHaveLength(10)
  expect(ofKind('check')).toHaveLength(1)
})

test('all parameters are updated in place', () => {
  const { inputs, outputs } = lower(twoLayerStep())
  expect(outputs.slice(0, 4).map(({ buffer }) => buffer)).toEqual(
    inputs.slice(0, 4).map(({ buffer }) => buffer),
  )
})

test('it can be read', () => {
  expect(showPlan(lower(twoLayerStep()))).toMatchSnapshot()
})
