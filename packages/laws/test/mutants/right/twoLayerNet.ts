import {
  add,
  greater,
  initialConstant,
  int32,
  layer,
  matmul,
  maximum,
  mul,
  parameter,
  signature,
  square,
  sum,
  where,
  xavierNormal,
  type Tensor,
} from '@pullback/core'
import type { Formulas, Labels, None } from './formulas.ts'
import { crossEntropyFormulas } from './softmaxCrossEntropy.ts'

interface Weights {
  readonly W1: Tensor
  readonly b1: Tensor
  readonly W2: Tensor
  readonly b2: Tensor
}

interface Cache {
  readonly [name: string]: Tensor
  readonly X: Tensor
  readonly z1: Tensor
  readonly p1: Tensor
  readonly z2: Tensor
  readonly dz2: Tensor
}

export type TwoLayerFormulas = Formulas<
  Weights,
  Cache,
  { readonly X: Tensor; readonly labels: Labels },
  { readonly X: Tensor }
>

/** The gradients of the whole net from what is cached; the pieces are replaced by mutants. */
export interface Pieces {
  readonly dp1: (params: Weights, cache: Cache, dz2: Tensor) => Tensor
  readonly mask: (cache: Cache) => Tensor
  readonly dW1: (cache: Cache, dz1: Tensor) => Tensor
  readonly db1: (params: Weights, cache: Cache, dz1: Tensor, dz2: Tensor) => Tensor
  readonly dW2: (cache: Cache, dz2: Tensor, dz1: Tensor) => Tensor
  readonly db2: (dz2: Tensor) => Tensor
  /** The derivative of the penalty by a weight, over reg. */
  readonly penalty: (W: Tensor, name: 'W1' | 'W2') => Tensor
}

export const rightPieces: Pieces = {
  dp1: ({ W2 }, _, dz2) => matmul(dz2, W2, { transposeB: true }),
  mask: ({ z1 }) => z1,
  dW1: ({ X }, dz1) => matmul(X, dz1, { transposeA: true }),
  db1: (_params, _cache, dz1) => sum(dz1, { axes: 0 }),
  dW2: ({ p1 }, dz2) => matmul(p1, dz2, { transposeA: true }),
  db2: (dz2) => sum(dz2, { axes: 0 }),
  penalty: (W) => mul(W, 2),
}

const reg = 0.1

/** input - affine - ReLU - affine - softmax and cross entropy, with L2 penalties, as one layer of formulas. */
export const twoLayerNet = (D: number, H: number, C: number, pieces: Partial<Pieces> = {}) => {
  const { dp1, mask, dW1, db1, dW2, db2, penalty } = { ...rightPieces, ...pieces }
  const loss = crossEntropyFormulas(C)
  const formulas: TwoLayerFormulas = {
    forward: ({ W1, b1, W2, b2 }, { X, labels }, context) => {
      const z1: Tensor = add(matmul(X, W1), b1)
      const p1 = maximum(z1, 0)
      const z2: Tensor = add(matmul(p1, W2), b2)
      const { output, cache } = loss.forward({}, { logits: z2, labels }, context)
      const { dInput } = loss.backward({} satisfies None, cache, add(mul(output, 0), 1))
      const penalties: Tensor = mul(add(sum(square(W1)), sum(square(W2))), reg)
      return { output: add(output, penalties), cache: { X, z1, p1, z2, dz2: dInput.logits } }
    },
    backward: (params, cache, dOutput) => {
      const dz2: Tensor = mul(cache.dz2, dOutput)
      const dz1: Tensor = where(greater(mask(cache), 0), dp1(params, cache, dz2), 0)
      const paid = (W: Tensor, name: 'W1' | 'W2'): Tensor => mul(mul(penalty(W, name), reg), dOutput)
      return {
        dParams: {
          W1: add(dW1(cache, dz1), paid(params.W1, 'W1')),
          b1: db1(params, cache, dz1, dz2),
          W2: add(dW2(cache, dz2, dz1), paid(params.W2, 'W2')),
          b2: db2(dz2),
        },
        dInput: { X: matmul(dz1, params.W1, { transposeB: true }) },
      }
    },
  }
  return layer({
    kind: 'twoLayerNet',
    hyperparameters: { D, H, C },
    shape: signature(`twoLayerNet(${D}, ${H}, ${C})`, { X: ['N', D], labels: int32('N') }, []),
    params: {
      W1: parameter([D, H], xavierNormal()),
      b1: parameter([H], initialConstant(0.1)),
      W2: parameter([H, C], xavierNormal()),
      b2: parameter([C], initialConstant(0)),
    },
    ...formulas,
  })
}
