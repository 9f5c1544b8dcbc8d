import { affine, addition, concat, identity, l2, relu, softmaxCrossEntropy, type Net } from '@pullback/core'
import type { Rows } from '../law/rows.ts'
import { activations } from './activations.ts'
import { convolution, neighbours } from './convolution.ts'
import { batchNorm, layerNorm } from './normalisation.ts'
import { division, product } from './pairs.ts'
import { dropout, embedding, hinge, rowMax } from './selections.ts'

/** Right layers, with what they promise of the rows of a batch. */
export const rightLayers: readonly (readonly [name: string, layer: Net, rows?: Rows])[] = [
  ['affine', affine(3, 2), 'rowwise'],
  ['relu', relu(), 'rowwise'],
  ['softmaxCrossEntropy', softmaxCrossEntropy(3), 'coupled'],
  ['l2', l2(0.1), 'rowwise'],
  ['identity', identity(), 'rowwise'],
  ['addition', addition('a', 'b', 'c'), 'rowwise'],
  ['concat', concat(['a', 2], ['b', 1]), 'rowwise'],
  ...activations.map(([name, layer]) => [name, layer, 'rowwise'] as const),
  ['layerNorm', layerNorm(3), 'rowwise'],
  ['batchNorm', batchNorm(2), 'coupled'],
  ['product', product(), 'rowwise'],
  ['division', division(), 'rowwise'],
  ['rowMax', rowMax(4), 'rowwise'],
  ['embedding', embedding(3, 2), 'rowwise'],
  ['hinge', hinge(4), 'coupled'],
  ['dropout', dropout(0.4)],
  ['convolution', convolution(2, 3, 1), 'rowwise'],
  ['strided convolution', convolution(3, 1, 2), 'rowwise'],
  ['neighbours', neighbours(3), 'rowwise'],
]
