// What runs in the browser: the training of a net, by the packages as they were built.
import { affine, fromValues, objective, relu, sequential, softmaxCrossEntropy } from '@pullback/core'
import { fit, sgd } from '@pullback/train'
import { wasm } from '@pullback/wasm'

const examples = 30

const net = sequential(['N', 2], ['fc1', affine(2, 7)], ['relu', relu()], ['fc2', affine(7, 3)])

/** The losses of a few epochs. */
export async function train(): Promise<readonly number[]> {
  const numbers = Array.from({ length: 2 * examples }, (_, position) => Math.sin(position * position))
  const labels = Array.from({ length: examples }, (_, example) => example % 3)
  const losses: number[] = []
  for await (const { loss } of fit(objective(net, softmaxCrossEntropy(3)), {
    data: {
      input: fromValues(numbers, [examples, 2], 'float32'),
      labels: fromValues(labels, [examples], 'int32'),
    },
    optimizer: sgd(0.1),
    epochs: 3,
    batch: 10,
    backend: wasm(),
  }))
    losses.push(loss)
  return losses
}
