import {
  abs,
  add,
  cast,
  div,
  greater,
  matmul,
  maximum,
  mean,
  minimum,
  mul,
  oneHot,
  reshape,
  scalar,
  sign,
  slice,
  sub,
  sum,
  transpose,
  where,
  type Tensor,
} from '@pullback/core'
import { wrongGradient, type Mutant } from './mutant.ts'
import { affineFormulas, affineWith, type AffineFormulas } from './right/affine.ts'
import { sizedTwice } from './sizes.ts'

type Backward = AffineFormulas['backward']

const right = affineFormulas

/** The affine layer with one of its three gradients replaced. */
const changed =
  (change: {
    readonly W?: (...args: Parameters<Backward>) => Tensor
    readonly b?: (...args: Parameters<Backward>) => Tensor
    readonly input?: (...args: Parameters<Backward>) => Tensor
  }): Backward =>
  (...args) => {
    const { dParams, dInput } = right.backward(...args)
    return {
      dParams: { W: change.W?.(...args) ?? dParams.W, b: change.b?.(...args) ?? dParams.b },
      dInput: change.input?.(...args) ?? dInput,
    }
  }

const affines = (backward: Backward) => sizedTwice((i, o) => affineWith(i, o, { backward }))

const isSquare = ({ shape: [rows, columns] }: Tensor): boolean => rows === columns

const dW = (X: Tensor, dZ: Tensor): Tensor => matmul(X, dZ, { transposeA: true })

const rows = (x: Tensor): number => x.shape[0] ?? 0

/** 1 at the first element, 0 elsewhere. */
const firstEntry = (x: Tensor): Tensor =>
  reshape(
    oneHot(
      cast(scalar(0, 'float64'), 'int32'),
      x.shape.reduce((a, b) => a * b, 1),
      x.dtype,
    ),
    x.shape,
  )

export const affineMutants: readonly Mutant[] = [
  {
    name: 'dW transposed, which fits where W is square',
    layer: affines(changed({ W: ({ W }, { X }, dZ) => (isSquare(W) ? transpose(dW(X, dZ)) : dW(X, dZ)) })),
    expected: wrongGradient('params.W', /transpose/),
  },
  {
    name: 'dX with W in the place of its transpose, which fits where W is square',
    layer: affines(changed({ input: ({ W }, _, dZ) => matmul(dZ, W, { transposeB: !isSquare(W) }) })),
    expected: wrongGradient('input', /transpose/),
  },
  {
    name: 'biases averaged over the batch',
    layer: affines(changed({ b: (_p, _c, dZ) => div(sum(dZ, { axes: 0 }), Math.max(rows(dZ), 1)) })),
    expected: wrongGradient('params.b', /N|batch|averag/),
  },
  {
    name: 'dW averaged over the batch',
    layer: affines(changed({ W: (_, { X }, dZ) => div(dW(X, dZ), Math.max(rows(X), 1)) })),
    expected: wrongGradient('params.W', /N|batch|averag/),
  },
  {
    name: 'db from the first row only, right for N = 1',
    layer: affines(
      changed({
        b: (_p, _c, dZ) => (rows(dZ) === 0 ? sum(dZ, { axes: 0 }) : sum(slice(dZ, [0, 1]), { axes: 0 })),
      }),
    ),
    expected: wrongGradient('params.b'),
  },
  {
    name: 'db forgotten when there is one row',
    layer: affines(changed({ b: (_p, _c, dZ) => mul(sum(dZ, { axes: 0 }), rows(dZ) === 1 ? 0 : 1) })),
    expected: wrongGradient('params.b'),
  },
  {
    name: 'db doubled',
    layer: affines(changed({ b: (_p, _c, dZ) => mul(sum(dZ, { axes: 0 }), 2) })),
    expected: wrongGradient('params.b', /2/),
  },
  {
    name: 'dW off by 1e-5 in its first entry',
    layer: affines(
      changed({
        W: (_, { X }, dZ) => mul(dW(X, dZ), add(mul(firstEntry(dW(X, dZ)), 1e-5), 1)),
      }),
    ),
    expected: wrongGradient('params.W'),
  },
  {
    name: 'dX off by 1e-7',
    layer: affines(changed({ input: ({ W }, _, dZ) => mul(matmul(dZ, W, { transposeB: true }), 1 + 1e-7) })),
    expected: wrongGradient('input'),
  },
  {
    name: 'dW rounded to float32 on the way',
    layer: affines(changed({ W: (_, { X }, dZ) => cast(cast(dW(X, dZ), 'float32'), X.dtype) })),
    expected: { laws: ['gradient', 'linearity'], tensor: 'params.W' },
  },
  {
    name: 'db in float32',
    layer: affines(changed({ b: (_p, _c, dZ) => cast(sum(dZ, { axes: 0 }), 'float32') })),
    expected: { laws: ['structure'], tensor: 'params.b' },
  },
  {
    name: 'db left out',
    layer: affines((params, cache, dZ) => {
      const { dParams, dInput } = right.backward(params, cache, dZ)
      return { dParams: { W: dParams.W } as typeof dParams, dInput }
    }),
    expected: { laws: ['structure'] },
  },
  {
    name: 'a gradient too many',
    layer: affines((params, cache, dZ) => {
      const { dParams, dInput } = right.backward(params, cache, dZ)
      return { dParams: { ...dParams, X: dInput }, dInput }
    }),
    expected: { laws: ['structure'] },
  },
  {
    name: 'dX clipped at 5',
    layer: affines(
      changed({
        input: ({ W }, _, dZ) => maximum(minimum(matmul(dZ, W, { transposeB: true }), 5), -5),
      }),
    ),
    expected: { laws: ['linearity', 'gradient'], tensor: 'input' },
  },
  {
    name: 'dX with dZ normalised',
    layer: affines(
      changed({
        input: ({ W }, _, dZ) => matmul(div(dZ, add(sum(abs(dZ)), 1e-12)), W, { transposeB: true }),
      }),
    ),
    expected: { laws: ['linearity', 'gradient'], tensor: 'input' },
  },
  {
    name: 'dW from the sign of dZ',
    layer: affines(changed({ W: (_, { X }, dZ) => dW(X, sign(dZ)) })),
    expected: { laws: ['linearity', 'gradient'], tensor: 'params.W' },
  },
  {
    name: 'dW from X without its column means',
    layer: affines(
      changed({ W: (_, { X }, dZ) => (rows(X) === 0 ? dW(X, dZ) : dW(sub(X, mean(X, { axes: 0 })), dZ)) }),
    ),
    expected: wrongGradient('params.W'),
  },
  {
    name: 'dX only where X is positive, a mask too many',
    layer: affines(
      changed({
        input: ({ W }, { X }, dZ) => where(greater(X, 0), matmul(dZ, W, { transposeB: true }), 0),
      }),
    ),
    expected: { laws: ['gradient', 'kinks'], tensor: 'input' },
  },
  {
    name: 'dW is X^T of absolute dZ',
    layer: affines(changed({ W: (_, { X }, dZ) => dW(X, abs(dZ)) })),
    expected: { laws: ['linearity', 'gradient'], tensor: 'params.W' },
  },
  {
    name: 'the bias added twice in forward',
    layer: sizedTwice((i, o) =>
      affineWith(i, o, {
        forward: ({ W, b }, X) => ({ output: add(add(matmul(X, W), b), b), cache: { X } }),
      }),
    ),
    expected: wrongGradient('params.b', /2|half/),
  },
  {
    name: 'db averaged without care for an empty batch',
    layer: sizedTwice((i, o) =>
      affineWith(i, o, {
        forward: ({ W, b }, X) => ({ output: add(matmul(X, W), b), cache: { X } }),
        backward: changed({ b: (_p, _c, dZ) => mul(mean(dZ, { axes: 0 }), rows(dZ)) }),
      }),
    ),
    expected: { laws: ['emptiness'], tensor: 'params.b' },
  },
  {
    name: 'dX with the last weight column dropped where there are more than 3',
    layer: affines(
      changed({
        input: ({ W }, _, dZ) => {
          const columns = W.shape[1] ?? 0
          const kept = columns > 3 ? columns - 1 : columns
          return matmul(slice(dZ, [0, rows(dZ)], [0, kept]), slice(W, [0, rows(W)], [0, kept]), {
            transposeB: true,
          })
        },
      }),
    ),
    expected: wrongGradient('input'),
  },
]
