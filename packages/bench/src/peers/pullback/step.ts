import { isLeft, type Either } from '#fp/Either'
import {
  affine,
  differentiate,
  l2,
  objectiveFrom,
  relu,
  sequentialFrom,
  softmaxCrossEntropy,
  type AnyTensor,
  type Net,
  type SequentialEntry,
  type TreeRecord,
} from '@pullback/core'
import { applyUpdates, sgd } from '@pullback/train'
import { learningRate, regularization } from '../../problem/problem.ts'
import type { TreeFunction } from './backend.ts'

function built<T>(result: Either<string, T>): T {
  if (isLeft(result)) throw new TypeError(result.left)
  return result.right
}

/**
 * The objective of a net of affine layers with ReLU between them, softmax cross-entropy and a penalty on every weight.
 *
 * @param widths of the input, of every hidden layer and, last, the classes: [D, H, C] for two layers
 */
export function deepLoss(widths: readonly number[]): Net {
  const entries = widths.slice(1).flatMap((width, i): SequentialEntry[] => {
    const entry: SequentialEntry = [`fc${i + 1}`, affine(widths[i] ?? 0, width)]
    return i === 0 ? [entry] : [[`relu${i}`, relu()], entry]
  })
  const net = built(sequentialFrom(['N', widths[0] ?? 0], entries))
  const penalties = widths.slice(1).map((_, i): [string, Net] => [`fc${i + 1}.W`, l2(regularization)])
  return built(objectiveFrom(net, softmaxCrossEntropy(widths.at(-1) ?? 0), Object.fromEntries(penalties)))
}

/** One step of gradient descent as a pure function of `params` and `batch`, which gives `params` and `loss`. */
export function stepOf(loss: Net): TreeFunction {
  const gradient = differentiate(loss)
  const optimizer = sgd(learningRate)
  return ({ params, batch }) => {
    const from = params as TreeRecord
    const { value, gradients } = gradient(from, batch as Readonly<Record<string, AnyTensor>>)
    const { updates } = optimizer.update(gradients, {}, from)
    return { params: applyUpdates(from, updates), loss: value }
  }
}
