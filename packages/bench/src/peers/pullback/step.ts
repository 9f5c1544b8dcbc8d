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

/** A step of training as a pure function of parameters and a batch. */
export type TrainingStep = (
  params: TreeRecord,
  batch: TreeRecord,
) => { readonly carried: { readonly params: TreeRecord }; readonly results: { readonly loss: AnyTensor } }

/** One step of gradient descent, as expressions. */
export function stepOf(loss: Net): TrainingStep {
  const gradient = differentiate(loss)
  const optimizer = sgd(learningRate)
  return (params, batch) => {
    const { value, gradients } = gradient(params, batch as Readonly<Record<string, AnyTensor>>)
    const { updates } = optimizer.update(gradients, {}, params)
    return { carried: { params: applyUpdates(params, updates) }, results: { loss: value } }
  }
}
