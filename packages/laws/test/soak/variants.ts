import {
  add,
  cast,
  div,
  equal,
  exp,
  greater,
  greaterEqual,
  layer,
  log,
  matmul,
  maximum,
  mul,
  neg,
  sameShape,
  scatterAdd,
  sigmoid,
  square,
  sub,
  sum,
  tanh,
  where,
  type Tensor,
} from '@pullback/core'
import { reluValue, softplusValue } from '../mutants/right/activations.ts'
import { affineFormulas, affineWith } from '../mutants/right/affine.ts'
import { clipWith } from '../mutants/right/clip.ts'
import { embeddingWith } from '../mutants/right/embedding.ts'
import { hingeWith, violated } from '../mutants/right/hinge.ts'
import { layerNormFormulas, layerNormWith, rowMean } from '../mutants/right/layerNorm.ts'
import { pointwise, slope } from '../mutants/right/pointwise.ts'
import { along, everyLargest, maxOver } from '../mutants/right/reductions.ts'
import type { RightLayer } from '../mutants/right/rightLayers.ts'
import { logSoftmaxWith, rowSum } from '../mutants/right/softmax.ts'
import { batchSize, crossEntropyWith } from '../mutants/right/softmaxCrossEntropy.ts'

/** A layer whose author chose float32 inside, forward and backward alike. */
const float32Square = () =>
  layer({
    kind: 'float32Square',
    shape: sameShape('float32Square'),
    params: {},
    forward: (_, x) => {
      const narrow = cast(x, 'float32')
      return { output: cast(square(narrow), x.dtype), cache: { narrow } }
    },
    backward: (_, { narrow }, dOutput) => ({
      dParams: {},
      dInput: cast(mul(mul(narrow, 2), cast(dOutput, 'float32')), dOutput.dtype),
    }),
  })

const sharedMax = (rows: number, columns: number, axis: number) =>
  maxOver(rows, columns, axis, {
    backward: (_, { x }, dOutput) => {
      const largest = everyLargest(x, axis)
      const share: Tensor = div(largest, along(sum(largest, { axes: axis }), x, axis))
      return { dParams: {}, dInput: mul(share, along(dOutput, x, axis)) }
    },
  })

/** The sum of the products over the rows of a batch, one row after the other. */
const affineByRows = (inputs: number, outputs: number) =>
  affineWith(inputs, outputs, {
    backward: ({ W }, { X }, dZ) => ({
      dParams: {
        W: matmul(mul(X, 1), neg(neg(dZ)), { transposeA: true }),
        b: neg(sum(neg(dZ), { axes: 0 })),
      },
      dInput: affineFormulas.backward({ W, b: sum(dZ, { axes: 0 }) }, { X }, dZ).dInput,
    }),
  })

/** Layers that are right although written in another way than most. */
export const variants: readonly RightLayer[] = [
  {
    name: 'relu with >= at zero',
    layers: [pointwise('relu', reluValue, (x, d) => where(greaterEqual(x, 0), d, 0))],
    rows: 'rowwise',
  },
  {
    name: 'relu with one half at zero',
    layers: [
      pointwise('relu', reluValue, (x, d) => where(greater(x, 0), d, where(equal(x, 0), mul(d, 0.5), 0))),
    ],
    rows: 'rowwise',
  },
  {
    name: 'relu by where',
    layers: [
      pointwise(
        'relu',
        (x) => where(greater(x, 0), x, 0),
        (x, d) => where(greater(x, 0), d, 0),
      ),
    ],
    rows: 'rowwise',
  },
  {
    name: 'clip with > and < at the bounds',
    layers: [
      clipWith(-1, 2, {
        backward: (_, { x }, d) => ({ dParams: {}, dInput: where(mul(greater(x, -1), greater(2, x)), d, 0) }),
      }),
    ],
    rows: 'rowwise',
  },
  {
    name: 'max with ties shared',
    layers: [sharedMax(2, 3, 1), sharedMax(2, 3, 2), sharedMax(3, 3, 1)],
    rows: 'rowwise',
  },
  {
    name: 'tanh by the sigmoid',
    layers: [
      pointwise(
        'tanh',
        (x) => sub(mul(sigmoid(mul(x, 2)), 2), 1),
        slope((x) => sub(1, square(tanh(x)))),
      ),
    ],
    rows: 'rowwise',
  },
  {
    name: 'sigmoid by tanh',
    layers: [
      pointwise(
        'sigmoid',
        (x) => mul(add(tanh(mul(x, 0.5)), 1), 0.5),
        slope((x) => mul(sigmoid(x), sigmoid(neg(x)))),
      ),
    ],
    rows: 'rowwise',
  },
  {
    name: 'softplus by its other side',
    layers: [pointwise('softplus', (x) => add(softplusValue(neg(x)), x), slope(sigmoid))],
    rows: 'rowwise',
  },
  {
    name: 'softplus, slope 1 - sigmoid(-x)',
    layers: [
      pointwise(
        'softplus',
        softplusValue,
        slope((x) => sub(1, sigmoid(neg(x)))),
      ),
    ],
    rows: 'rowwise',
  },
  { name: 'float32 inside', layers: [float32Square()], rows: 'rowwise' },
  { name: 'affine in another order', layers: [affineByRows(2, 3), affineByRows(3, 3)], rows: 'rowwise' },
  {
    name: 'layerNorm, the projection first',
    layers: [3, 2, 1].map((size) =>
      layerNormWith(size, {
        backward: (params, cache, dOutput) => {
          const d: Tensor = mul(dOutput, params.gain)
          const projected = sub(d, mul(cache.normal, rowMean(mul(d, cache.normal))))
          return {
            dParams: layerNormFormulas.backward(params, cache, dOutput).dParams,
            dInput: mul(sub(projected, rowMean(d)), cache.scale),
          }
        },
      }),
    ) as unknown as RightLayer['layers'],
    rows: 'rowwise',
  },
  {
    name: 'hinge with >= at the margin',
    layers: [
      hingeWith(3, () => ({
        backward: (_, { margins, target }, d) => {
          const wrong: Tensor = mul(cast(greaterEqual(margins, 0), margins.dtype), sub(1, target))
          const rows = sub(wrong, mul(target, sum(wrong, { axes: 1, keepDims: true })))
          return { dParams: {}, dInput: { logits: mul(div(rows, batchSize(margins)), d) } }
        },
      })),
      hingeWith(2, () => ({
        backward: (_, { margins, target }, d) => {
          const wrong = violated(margins)
          const rows = sub(wrong, mul(target, sum(wrong, { axes: 1, keepDims: true })))
          return { dParams: {}, dInput: { logits: div(mul(rows, d), batchSize(margins)) } }
        },
      })),
    ],
    rows: 'coupled',
  },
  {
    name: 'logSoftmax from its output',
    layers: [
      logSoftmaxWith(3, {
        backward: (_, { p }, d) => ({ dParams: {}, dInput: neg(sub(mul(p, rowSum(d)), d)) }),
      }),
    ],
    rows: 'rowwise',
  },
  {
    name: 'cross entropy, divided first',
    layers: [
      crossEntropyWith(3, () => ({
        backward: (_, { p, target }, d) => ({
          dParams: {},
          dInput: { logits: mul(sub(p, target), div(d, batchSize(p))) },
        }),
      })),
    ],
    rows: 'coupled',
  },
  {
    name: 'embedding, added by halves',
    layers: [
      embeddingWith(3, 2, {
        backward: (_, { ids }, d) => {
          const half = scatterAdd(mul(d, 0.5), ids, 3)
          return { dParams: { table: add(half, half) }, dInput: undefined }
        },
      }),
    ],
  },
  {
    name: 'log(1 + exp) of bounded x',
    layers: [
      pointwise(
        'boundedSoftplus',
        (x) => log(add(exp(tanh(x)), 1)),
        slope((x) => mul(sigmoid(tanh(x)), sub(1, square(tanh(x))))),
      ),
    ],
    rows: 'rowwise',
  },
  {
    name: 'absolute value, slope 1 at zero',
    layers: [
      pointwise(
        'abs',
        (x) => maximum(x, neg(x)),
        (x, d) => where(greaterEqual(x, 0), d, neg(d)),
      ),
    ],
    rows: 'rowwise',
  },
]
