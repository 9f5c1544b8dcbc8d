import { argmax, cast, div, elementCount, equal, reshape, sum, type AnyTensor } from '@pullback/core'

/** The inputs of an objective by name; the first axis of each is that of the examples. */
export type Inputs = Readonly<Record<string, AnyTensor>>

/**
 * A number for every example, whose mean is reported: an expression `[N]`.
 *
 * @param prediction the output of the net, `[N, ...]`
 * @param inputs the inputs of the objective, labels among them
 */
export type Metric = (prediction: AnyTensor, inputs: Inputs) => AnyTensor

/**
 * Whether the largest element of the prediction is the one that the label names: 1 or 0 for every example, or the share
 * of right ones where an example has several labels.
 *
 * Prediction `[N, ..., C]`, labels int32 `[N, ...]`, result float64 `[N]`; the first of several largest counts.
 *
 * @throws TypeError if the labels do not have the shape of the prediction without its last axis
 * @example
 * const logits = tensor([[1, 2], [3, 0], [0, 5]])
 * toNested(accuracy(logits, { labels: tensor([1, 1, 1], 'int32') })) // => [1, 0, 1]
 */
export const accuracy: Metric = (prediction, { labels }) => {
  if (labels === undefined) throw new TypeError("accuracy: there is no input 'labels'")
  const [count = 0, ...others] = labels.shape
  const each = elementCount(others)
  const right = cast(equal(argmax(prediction), cast(labels, 'int32')), 'float64')
  return div(sum(reshape(right, [count, each]), { axes: 1 }), Math.max(each, 1))
}
