import { addition, affine, concat, identity, l2, relu, softmaxCrossEntropy, type Net } from '@pullback/core'
import type { Rows } from '@pullback/laws'
import {
  eluLayer,
  geluLayer,
  sigmoidLayer,
  siluLayer,
  softplusLayer,
  softsignLayer,
  squareLayer,
  tanhGeluLayer,
  tanhLayer,
} from './activations.ts'
import { batchNormWith } from './batchNorm.ts'
import { clipWith } from './clip.ts'
import { convolution1dWith } from './convolution1d.ts'
import { convolution2dWith } from './convolution2d.ts'
import { dropoutWith } from './dropout.ts'
import { embeddingWith } from './embedding.ts'
import { gateWith } from './gate.ts'
import { hingeWith } from './hinge.ts'
import { layerNormWith } from './layerNorm.ts'
import { product, ratio } from './pairs.ts'
import { maxOver, meanOver } from './reductions.ts'
import { residualWith } from './residual.ts'
import { logSoftmaxWith, softmaxWith } from './softmax.ts'
import { squaredErrorWith } from './squaredError.ts'
import { twoLayerNet } from './twoLayerNet.ts'

/** A right layer in several configurations, the most telling first. */
export interface RightLayer {
  readonly name: string
  readonly layers: readonly [Net, ...Net[]]
  readonly rows?: Rows
  /** Shipped by core. */
  readonly shipped?: true
}

const forms = [
  [2, 3],
  [3, 3],
  [3, 1],
  [1, 2],
] as const

const eachForm = (layer: (rows: number, columns: number) => Net): readonly [Net, ...Net[]] => {
  const [first, ...rest] = forms.map(([rows, columns]) => layer(rows, columns))
  if (first === undefined) throw new Error('there is no form')
  return [first, ...rest]
}

/** The layers of core that a user composes nets of. */
export const shippedLayers: readonly RightLayer[] = [
  { name: 'affine', layers: eachForm(affine), rows: 'rowwise', shipped: true },
  { name: 'relu', layers: [relu()], rows: 'rowwise', shipped: true },
  {
    name: 'softmaxCrossEntropy',
    layers: [softmaxCrossEntropy(3), softmaxCrossEntropy(2), softmaxCrossEntropy(1)],
    rows: 'coupled',
    shipped: true,
  },
  { name: 'l2', layers: [l2(0.5), l2(1e-3)], shipped: true },
  { name: 'identity', layers: [identity()], rows: 'rowwise', shipped: true },
  { name: 'addition', layers: [addition('a', 'b'), addition('a', 'b', 'c')], rows: 'rowwise', shipped: true },
  {
    name: 'concat',
    layers: [concat(['a', 2], ['b', 2]), concat(['a', 1], ['b', 3])],
    rows: 'rowwise',
    shipped: true,
  },
]

/** Layers written for the purpose. */
export const writtenLayers: readonly RightLayer[] = [
  { name: 'sigmoid', layers: [sigmoidLayer()], rows: 'rowwise' },
  { name: 'tanh', layers: [tanhLayer()], rows: 'rowwise' },
  { name: 'softplus', layers: [softplusLayer()], rows: 'rowwise' },
  { name: 'gelu', layers: [geluLayer()], rows: 'rowwise' },
  { name: 'geluTanh', layers: [tanhGeluLayer()], rows: 'rowwise' },
  { name: 'silu', layers: [siluLayer()], rows: 'rowwise' },
  { name: 'elu', layers: [eluLayer()], rows: 'rowwise' },
  { name: 'softsign', layers: [softsignLayer()], rows: 'rowwise' },
  { name: 'square', layers: [squareLayer()], rows: 'rowwise' },
  { name: 'clip', layers: [clipWith(-1, 2), clipWith(0, 1)], rows: 'rowwise' },
  { name: 'layerNorm', layers: [layerNormWith(3), layerNormWith(4), layerNormWith(1)], rows: 'rowwise' },
  { name: 'batchNorm', layers: [batchNormWith(3), batchNormWith(1)], rows: 'coupled' },
  {
    name: 'maxOver',
    layers: [maxOver(2, 3, 1), maxOver(2, 3, 2), maxOver(3, 3, 1), maxOver(3, 3, 2), maxOver(1, 2, 2)],
    rows: 'rowwise',
  },
  {
    name: 'meanOver',
    layers: [meanOver(2, 3, 1), meanOver(2, 3, 2), meanOver(3, 3, 1), meanOver(3, 3, 2)],
    rows: 'rowwise',
  },
  { name: 'product', layers: [product()], rows: 'rowwise' },
  { name: 'ratio', layers: [ratio()], rows: 'rowwise' },
  { name: 'embedding', layers: eachForm(embeddingWith) },
  {
    name: 'convolution1d',
    layers: [
      convolution1dWith({ length: 5, channels: 2, outputs: 3, kernel: 3, stride: 2, padding: 1 }),
      convolution1dWith({ length: 4, channels: 2, outputs: 2, kernel: 2, stride: 1, padding: 1 }),
      convolution1dWith({ length: 3, channels: 1, outputs: 1, kernel: 3, stride: 1, padding: 0 }),
    ],
    rows: 'rowwise',
  },
  {
    name: 'convolution2d',
    layers: [
      convolution2dWith({ height: 4, width: 3, kernel: 2, stride: 1 }),
      convolution2dWith({ height: 3, width: 4, kernel: 2, stride: 2 }),
      convolution2dWith({ height: 2, width: 2, kernel: 1, stride: 1 }),
    ],
    rows: 'rowwise',
  },
  { name: 'hinge', layers: [hingeWith(3), hingeWith(2), hingeWith(1)], rows: 'coupled' },
  { name: 'squaredError', layers: [squaredErrorWith()], rows: 'coupled' },
  { name: 'dropout', layers: [dropoutWith(0.5), dropoutWith(0.2)] },
  { name: 'residual', layers: [residualWith(3), residualWith(2), residualWith(1)], rows: 'rowwise' },
  { name: 'softmax', layers: [softmaxWith(3), softmaxWith(2), softmaxWith(1)], rows: 'rowwise' },
  { name: 'logSoftmax', layers: [logSoftmaxWith(3), logSoftmaxWith(2), logSoftmaxWith(1)], rows: 'rowwise' },
  { name: 'gate', layers: [gateWith(2), gateWith(1)], rows: 'rowwise' },
  { name: 'twoLayerNet', layers: [twoLayerNet(2, 3, 2), twoLayerNet(3, 3, 3)], rows: 'coupled' },
]

export const rightLayers: readonly RightLayer[] = [...shippedLayers, ...writtenLayers]
