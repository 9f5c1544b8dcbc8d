import { learningRate, regularization } from '../problem/problem.ts'
import { foreign } from './foreign.ts'
import type { Contender } from './peer.ts'
import { provideWorkers } from './webWorkers.ts'

interface JaxArray {
  /** Every use consumes an array; `ref` is one use more. */
  readonly ref: JaxArray
  readonly add: (other: JaxArray) => JaxArray
  readonly sub: (other: JaxArray) => JaxArray
  readonly mul: (other: JaxArray | number) => JaxArray
  readonly sum: () => JaxArray
  readonly reshape: (shape: readonly number[]) => JaxArray
  readonly data: () => Promise<Float32Array>
  readonly dataSync: () => Float32Array
  readonly dispose: () => void
}

type Weights = readonly [W1: JaxArray, b1: JaxArray, W2: JaxArray, b2: JaxArray]

type Loss = (weights: Weights, X: JaxArray, targets: JaxArray) => JaxArray

type Stepped = readonly [JaxArray, Weights]

/** What is used of @jax-js/jax. */
interface Jax {
  readonly init: (device: string) => Promise<unknown>
  readonly defaultDevice: (device: string) => unknown
  readonly jit: <A extends readonly unknown[], R>(f: (...args: A) => R) => (...args: A) => R
  readonly valueAndGrad: (f: Loss) => (...args: Parameters<Loss>) => readonly [JaxArray, Weights]
  readonly blockUntilReady: (tree: unknown) => Promise<unknown>
  readonly numpy: {
    readonly array: (values: Float32Array) => JaxArray
    readonly matmul: (a: JaxArray, b: JaxArray) => JaxArray
    readonly square: (a: JaxArray) => JaxArray
  }
  readonly nn: {
    readonly relu: (a: JaxArray) => JaxArray
    readonly logSoftmax: (a: JaxArray) => JaxArray
  }
}

function oneHot(y: Int32Array, classes: number): Float32Array {
  const rows = new Float32Array(y.length * classes)
  for (const [i, label] of y.entries()) rows[i * classes + label] = 1
  return rows
}

/** The whole step, loss, gradients and update, as one function, jitted for the device 'wasm'. */
export const jax = (threads: number): Contender => ({
  async prepare({ size, X: inputs, y, ...start }) {
    const { N, D, H, C } = size
    const before = performance.now()
    if (threads > 1) provideWorkers(threads)
    const { init, defaultDevice, jit, valueAndGrad, blockUntilReady, numpy, nn } =
      await foreign<Jax>('@jax-js/jax')
    await init('wasm')
    defaultDevice('wasm')
    const startMilliseconds = performance.now() - before
    const array = (values: Float32Array, shape: readonly number[]) => numpy.array(values).reshape(shape)
    const objective: Loss = ([W1, b1, W2, b2], X, targets) => {
      const squares = numpy.square(W1.ref).sum().add(numpy.square(W2.ref).sum())
      const p1 = nn.relu(numpy.matmul(X, W1).add(b1))
      const logProbabilities = nn.logSoftmax(numpy.matmul(p1, W2).add(b2))
      return logProbabilities
        .mul(targets)
        .sum()
        .mul(-1 / N)
        .add(squares.mul(regularization))
    }
    const gradient = valueAndGrad(objective)
    const stepped = jit((weights: Weights, X: JaxArray, targets: JaxArray): Stepped => {
      const again = weights.map((weight) => weight.ref) as unknown as Weights
      const [loss, gradients] = gradient(again, X, targets)
      const updated = weights.map((weight, i) => weight.sub((gradients[i] ?? loss).mul(learningRate)))
      return [loss, updated as unknown as Weights]
    })
    const [X, targets] = [array(inputs, [N, D]), array(oneHot(y, C), [N, C])]
    let weights: Weights = [
      array(start.W1, [D, H]),
      array(start.b1, [H]),
      array(start.W2, [H, C]),
      array(start.b2, [C]),
    ]
    let loss: JaxArray | undefined
    return {
      startMilliseconds,
      async step(count) {
        for (let i = 0; i < count; i++) {
          loss?.dispose()
          const [value, updated] = stepped(weights, X.ref, targets.ref)
          loss = value
          weights = updated
          // Steps that are only queued cost ever more. Reading the loss at once is the fastest way to wait, but on
          // one thread only: with workers the loss is there before the weights are.
          if (threads === 1) value.ref.dataSync()
          else await blockUntilReady([value, ...updated])
        }
      },
      loss: async () => (await loss?.ref.data())?.[0] ?? Number.NaN,
    }
  },
})
