import {
  affine,
  l2,
  lookupAny,
  matmul,
  mul,
  objective,
  relu,
  sequential,
  softmaxCrossEntropy,
  sub,
  sum,
  updateAny,
  type AnyTensor,
  type Net,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import { l2With } from './right/l2.ts'
import { twoLayerNet, type Pieces } from './right/twoLayerNet.ts'

/** Sizes of two-layer nets, some with as many classes as hidden units, where wrong shapes fit. */
const sizes = fc.constantFrom<readonly [number, number, number]>([2, 3, 2], [1, 1, 1], [3, 3, 3], [4, 5, 3])

const equalSizes = fc.constantFrom<readonly [number, number, number]>([2, 3, 3], [2, 2, 2], [4, 3, 3])

const net = (
  name: string,
  pieces: Partial<Pieces>,
  expected: Expected,
  among: typeof sizes = sizes,
): Mutant => ({
  name,
  layer: among.map(([D, H, C]) => twoLayerNet(D, H, C, pieces)),
  rows: 'coupled',
  expected,
})

const count = (x: Tensor): number => Math.max(x.shape[0] ?? 0, 1)

/** The objective of core with something done to its gradients. */
const objectiveWith = (
  change: (dParams: TreeRecord, params: TreeRecord, dOutput: Tensor) => TreeRecord,
): Net => {
  const right: Net = objective(
    sequential(['N', 3], ['fc1', affine(3, 4)], ['relu', relu()], ['fc2', affine(4, 2)]),
    softmaxCrossEntropy(2),
    { 'fc1.W': l2(0.1), 'fc2.W': l2(0.1) },
  )
  return {
    ...right,
    backward(params, cache, dOutput) {
      const { dParams, dInput } = right.backward(params, cache, dOutput)
      return { dParams: change(dParams, params, dOutput as Tensor), dInput }
    },
  }
}

const penalties = (path: string, share: number) =>
  objectiveWith((dParams, params, dOutput) => {
    const W = lookupAny(params, path) as Tensor
    const paid = mul(mul(W, 0.2 * share), dOutput)
    return updateAny(dParams, path, (gradient: AnyTensor) => sub(gradient as Tensor, paid)) as TreeRecord
  })

export const objectiveMutants: readonly Mutant[] = [
  net(
    'dW2 from dz1',
    { dW2: ({ p1 }, _, dz1) => matmul(p1, dz1, { transposeA: true }) },
    wrongGradient('params.W2'),
    equalSizes,
  ),
  net('the mask from z2', { mask: ({ z2 }) => z2 }, { laws: ['gradient', 'kinks'] }, equalSizes),
  net(
    'db1 from dz1 W2^T',
    { db1: ({ W2 }, _, dz1) => sum(matmul(dz1, W2, { transposeB: true }), { axes: 0 }) },
    wrongGradient('params.b1'),
    equalSizes,
  ),
  net(
    'db1 averaged again',
    { db1: (_p, _c, dz1) => mul(sum(dz1, { axes: 0 }), 1 / count(dz1)) },
    wrongGradient('params.b1', /N|averag|batch/),
  ),
  net(
    'db2 averaged again',
    { db2: (dz2) => mul(sum(dz2, { axes: 0 }), 1 / count(dz2)) },
    wrongGradient('params.b2', /N|averag|batch/),
  ),
  net('L2 left out of the gradients', { penalty: (W) => mul(W, 0) }, { laws: ['gradient'] }),
  net('half of L2', { penalty: (W) => W }, { laws: ['gradient'] }),
  net(
    'L2 of W2 left out',
    { penalty: (W, name) => mul(W, name === 'W1' ? 2 : 0) },
    wrongGradient('params.W2'),
  ),
  net('the mask forgotten', { mask: ({ z1 }) => sub(2, mul(z1, 0)) }, { laws: ['gradient', 'kinks'] }),
  net(
    'dW1 from p1',
    { dW1: ({ p1 }, dz1) => matmul(p1, dz1, { transposeA: true }) },
    wrongGradient('params.W1'),
    fc.constantFrom<readonly [number, number, number]>([3, 3, 2], [2, 2, 2]),
  ),
  net(
    'dW2 from z1, before the ReLU',
    { dW2: ({ z1 }, dz2) => matmul(z1, dz2, { transposeA: true }) },
    wrongGradient('params.W2'),
  ),
  net(
    'dp1 through W2 transposed',
    { dp1: ({ W2 }, _, dz2) => matmul(dz2, W2) },
    { laws: ['gradient'] },
    equalSizes,
  ),
  net(
    'biases penalised in the gradient',
    { db2: (dz2) => mul(sum(dz2, { axes: 0 }), 1.1) },
    wrongGradient('params.b2'),
  ),
  {
    name: 'objective without the gradient of one penalty',
    layer: penalties('fc1.W', 1),
    rows: 'coupled',
    expected: wrongGradient('params.fc1.W'),
  },
  {
    name: 'objective with half of a penalty',
    layer: penalties('fc2.W', 0.5),
    rows: 'coupled',
    expected: wrongGradient('params.fc2.W'),
  },
  {
    name: 'objective with a wrong L2 in it',
    layer: objective(sequential(['N', 3], ['fc1', affine(3, 2)]), softmaxCrossEntropy(2), {
      'fc1.W': l2With(0.1, { backward: (_, { W }, d) => ({ dParams: {}, dInput: mul(mul(W, 0.1), d) }) }),
    }),
    rows: 'coupled',
    expected: wrongGradient('params.fc1.W'),
  },
  {
    name: 'objective whose gradients forget dL',
    layer: objectiveWith((_, params) => params),
    rows: 'coupled',
    expected: { laws: ['linearity', 'gradient'] },
  },
]
