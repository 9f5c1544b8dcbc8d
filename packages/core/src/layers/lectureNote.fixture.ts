import {
  add,
  div,
  greater,
  lookupAny,
  matmul,
  mul,
  sub,
  sum,
  where,
  type Layer,
  type Tensor,
  type Tree,
  type TreeRecord,
} from '@pullback/core'

/** What backward of the two-layer net has at hand. */
export interface Known {
  readonly X: Tensor
  readonly z1: Tensor
  readonly p1: Tensor
  readonly z2: Tensor
  readonly p2: Tensor
  readonly target: Tensor
  readonly W1: Tensor
  readonly W2: Tensor
  readonly reg: number
}

/** Backward of the two-layer net, step by step; each step may read those before it. */
export interface Steps {
  readonly dz2: (known: Known) => Tensor
  readonly dp1: (known: Known, dz2: Tensor) => Tensor
  readonly dz1: (known: Known, dp1: Tensor) => Tensor
  readonly dW2: (known: Known, dz2: Tensor, dz1: Tensor) => Tensor
  readonly db2: (known: Known, dz2: Tensor) => Tensor
  readonly dW1: (known: Known, dz1: Tensor) => Tensor
  readonly db1: (known: Known, dz1: Tensor) => Tensor
}

const count = ({ X }: Known): number => X.shape[0] ?? 1

const columnSum = (x: Tensor): Tensor => sum(x, { axes: 0 })

const penalised = (gradient: Tensor, W: Tensor, factor: number): Tensor => add(gradient, mul(W, factor))

/** The steps as docs/two-layer-net.md derives them. */
export const right: Steps = {
  dz2: (known) => div(sub(known.p2, known.target), count(known)),
  dp1: ({ W2 }, dz2) => matmul(dz2, W2, { transposeB: true }),
  dz1: ({ z1 }, dp1) => where(greater(z1, 0), dp1, 0),
  dW2: ({ p1, W2, reg }, dz2) => penalised(matmul(p1, dz2, { transposeA: true }), W2, 2 * reg),
  db2: (_, dz2) => columnSum(dz2),
  dW1: ({ X, W1, reg }, dz1) => penalised(matmul(X, dz1, { transposeA: true }), W1, 2 * reg),
  db1: (_, dz1) => columnSum(dz1),
}

/** What the lecture note does instead, one mistake at a time. */
export const mistakes: Readonly<Record<string, Partial<Steps>>> = {
  'P1^T times dL/dz1 in dW2': {
    dW2: ({ p1, W2, reg }, _, dz1) => penalised(matmul(p1, dz1, { transposeA: true }), W2, 2 * reg),
  },
  'the mask of ReLU from z2': {
    dz1: ({ z2 }, dp1) => where(greater(z2, 0), dp1, 0),
  },
  'dW1 without the penalty': {
    dW1: ({ X }, dz1) => matmul(X, dz1, { transposeA: true }),
  },
  'dW2 without the penalty': {
    dW2: ({ p1 }, dz2) => matmul(p1, dz2, { transposeA: true }),
  },
  'half of the gradient of the penalty': {
    dW1: ({ X, W1, reg }, dz1) => penalised(matmul(X, dz1, { transposeA: true }), W1, reg),
    dW2: ({ p1, W2, reg }, dz2) => penalised(matmul(p1, dz2, { transposeA: true }), W2, reg),
  },
  'db2 averaged again': {
    db2: (known, dz2) => div(columnSum(dz2), count(known)),
  },
  'db1 averaged again': {
    db1: (known, dz1) => div(columnSum(dz1), count(known)),
  },
  'db1 from dz1 W2^T': {
    db1: ({ W2 }, dz1) => columnSum(matmul(dz1, W2, { transposeB: true })),
  },
}

const tensorAt = (tree: Tree, path: string): Tensor => {
  const found = lookupAny(tree, path)
  if (found.dtype === 'int32') throw new TypeError(`${path} is int32`)
  return found as Tensor
}

/** The objective of a two-layer net with nodes fc1, relu and fc2, and a backward of these steps in place of its own. */
export function withSteps(loss: Layer, reg: number, { dz2, dp1, dz1, dW2, db2, dW1, db1 }: Steps): Layer {
  return {
    ...loss,
    forward(params, input, context) {
      const result = loss.forward(params, input, context)
      const p1 = tensorAt(result.cache, 'net.fc2.X')
      const z2 = add(matmul(p1, tensorAt(params, 'fc2.W')), tensorAt(params, 'fc2.b'))
      return { ...result, cache: { own: result.cache, z2 } }
    },
    backward(params, cache) {
      const known: Known = {
        X: tensorAt(cache, 'own.net.fc1.X'),
        z1: tensorAt(cache, 'own.net.relu.z'),
        p1: tensorAt(cache, 'own.net.fc2.X'),
        z2: tensorAt(cache, 'z2'),
        p2: tensorAt(cache, 'own.loss.p'),
        target: tensorAt(cache, 'own.loss.target'),
        W1: tensorAt(params, 'fc1.W'),
        W2: tensorAt(params, 'fc2.W'),
        reg,
      }
      const byLogits = dz2(known)
      const byHidden = dz1(known, dp1(known, byLogits))
      const dParams: TreeRecord = {
        fc1: { W: dW1(known, byHidden), b: db1(known, byHidden) },
        fc2: { W: dW2(known, byLogits, byHidden), b: db2(known, byLogits) },
      }
      return { dParams, dInput: {} }
    },
  }
}
