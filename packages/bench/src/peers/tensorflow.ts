import { learningRate, regularization } from '../problem/problem.ts'
import { foreign } from './foreign.ts'
import type { Contender } from './peer.ts'

interface TfTensor {
  readonly dataSync: () => Float32Array
  readonly dispose: () => void
}

interface TfVariable extends TfTensor {
  readonly name: string
  readonly assign: (value: TfTensor) => void
}

/** What is used of @tensorflow/tfjs-core. */
interface Tf {
  readonly enableProdMode: () => void
  readonly setBackend: (name: string) => Promise<boolean>
  readonly ready: () => Promise<void>
  readonly tensor2d: (values: Float32Array, shape: [number, number]) => TfTensor
  readonly tensor1d: (values: Int32Array, dtype: 'int32') => TfTensor
  readonly variable: (value: TfTensor) => TfVariable
  readonly matMul: (a: TfTensor, b: TfTensor) => TfTensor
  readonly add: (a: TfTensor, b: TfTensor) => TfTensor
  readonly mul: (a: TfTensor, b: TfTensor | number) => TfTensor
  readonly tidy: <T>(f: () => T) => T
  readonly relu: (a: TfTensor) => TfTensor
  readonly sum: (a: TfTensor) => TfTensor
  readonly square: (a: TfTensor) => TfTensor
  readonly oneHot: (labels: TfTensor, depth: number) => TfTensor
  readonly losses: { readonly softmaxCrossEntropy: (labels: TfTensor, logits: TfTensor) => TfTensor }
  readonly train: {
    readonly sgd: (learningRate: number) => {
      readonly minimize: (f: () => TfTensor, returnCost: true, variables: TfVariable[]) => TfTensor
    }
  }
}

/**
 * The step as TensorFlow.js's own optimizer takes it, on one of its backends. In Node the gradients of its operations
 * come with its layers, which nothing else is used of.
 */
export const tensorflow = (backend: 'cpu' | 'wasm'): Contender => ({
  async prepare({ size, X: inputs, y: labels, ...start }) {
    const { N, D, H, C } = size
    const tf = await foreign<Tf>('@tensorflow/tfjs-core')
    await foreign('@tensorflow/tfjs-layers')
    await foreign(`@tensorflow/tfjs-backend-${backend}`)
    tf.enableProdMode()
    await tf.setBackend(backend)
    await tf.ready()
    const X = tf.tensor2d(inputs, [N, D])
    const targets = tf.oneHot(tf.tensor1d(labels, 'int32'), C)
    const W1 = tf.variable(tf.tensor2d(start.W1, [D, H]))
    const b1 = tf.variable(tf.tensor2d(start.b1, [1, H]))
    const W2 = tf.variable(tf.tensor2d(start.W2, [H, C]))
    const b2 = tf.variable(tf.tensor2d(start.b2, [1, C]))
    const objective = (): TfTensor => {
      const p1 = tf.relu(tf.add(tf.matMul(X, W1), b1))
      const z2 = tf.add(tf.matMul(p1, W2), b2)
      const squares = tf.add(tf.sum(tf.square(W1)), tf.sum(tf.square(W2)))
      return tf.add(tf.losses.softmaxCrossEntropy(targets, z2), tf.mul(squares, regularization))
    }
    const optimizer = tf.train.sgd(learningRate)
    let loss: TfTensor | undefined
    return {
      step: (count) => {
        for (let i = 0; i < count; i++) {
          loss?.dispose()
          loss = tf.tidy(() => optimizer.minimize(objective, true, [W1, b1, W2, b2]))
        }
      },
      loss: () => loss?.dataSync()[0] ?? Number.NaN,
    }
  },
})
