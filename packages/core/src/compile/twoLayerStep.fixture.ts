import {
  affine,
  differentiate,
  l2,
  mul,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  sub,
  zipTrees,
  type Dim,
  type ParamsOf,
  type Tensor,
} from '@pullback/core'

const net = sequential(['N', 4], ['fc1', affine(4, 10)], ['relu', relu()], ['fc2', affine(10, 3)])

/** The net of the design: inputs [N, 4], 10 hidden, 3 classes, an L2 penalty on both matrices. */
export const loss = objective(net, softmaxCrossEntropy(3), { 'fc1.W': l2(1e-3), 'fc2.W': l2(1e-3) })

export type Params = ParamsOf<typeof loss>

/** As a type, since an interface is no tree. */
export type Batch = {
  readonly input: Tensor<readonly [Dim, 4]>
  readonly labels: Tensor<readonly [Dim], 'int32'>
}

/** One step of gradient descent. */
export function sgdStep(params: Params, batch: Batch) {
  const { value, gradients } = differentiate(loss)(params, batch)
  return { params: zipTrees(params, gradients, (p, g) => sub(p, mul(g, 0.1))), loss: value }
}

export const batchShapes = { input: [5, 4], labels: { shape: [5], dtype: 'int32' } } as const
