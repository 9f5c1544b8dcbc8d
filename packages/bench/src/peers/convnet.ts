import { learningRate, regularization, type Problem } from '../problem/problem.ts'
import { foreign } from './foreign.ts'
import type { Contender } from './peer.ts'

interface Vol {
  readonly w: Float64Array
}

interface FullyConnected {
  readonly layer_type: string
  /** One row of weights for every output. */
  readonly filters: readonly Vol[]
  readonly biases: Vol
}

interface Net {
  readonly makeLayers: (definitions: readonly object[]) => void
  readonly layers: readonly FullyConnected[]
}

/** What is used of convnetjs. */
interface Convnet {
  readonly Net: new () => Net
  readonly Vol: new (sx: number, sy: number, depth: number, value: number) => Vol
  readonly Trainer: new (
    net: Net,
    options: object,
  ) => {
    readonly train: (x: Vol, label: number) => { readonly cost_loss: number; readonly l2_decay_loss: number }
  }
}

function setWeights(layer: FullyConnected, W: Float32Array, b: Float32Array): void {
  layer.biases.w.set(b)
  for (const [j, { w }] of layer.filters.entries())
    for (let i = 0; i < w.length; i++) w[i] = W[i * b.length + j] ?? Number.NaN
}

function netOf({ Net }: Convnet, { size, W1, b1, W2, b2 }: Problem): Net {
  const net = new Net()
  net.makeLayers([
    { type: 'input', out_sx: 1, out_sy: 1, out_depth: size.D },
    { type: 'fc', num_neurons: size.H, activation: 'relu' },
    { type: 'softmax', num_classes: size.C },
  ])
  const [first, second] = net.layers.filter(({ layer_type: type }) => type === 'fc')
  if (first === undefined || second === undefined) throw new TypeError('convnetjs made no two layers')
  setWeights(first, W1, b1)
  setWeights(second, W2, b2)
  return net
}

/**
 * The net and trainer of convnetjs, example after example, in float64; it divides the decay by the batch size, too, and
 * decays each weight by l2_decay itself, so l2_decay is 2 N times the regularization.
 */
export const convnet: Contender = {
  async prepare(problem) {
    const { N, D } = problem.size
    const imported = await foreign<{ readonly default: Convnet }>('convnetjs')
    const convnetjs = imported.default
    const net = netOf(convnetjs, problem)
    const decay = 2 * N * regularization
    const options = {
      method: 'sgd',
      learning_rate: learningRate,
      momentum: 0,
      batch_size: N,
      l2_decay: decay,
    }
    const trainer = new convnetjs.Trainer(net, options)
    const examples = Array.from({ length: N }, (_, i) => {
      const vol = new convnetjs.Vol(1, 1, D, 0)
      vol.w.set(problem.X.subarray(i * D, (i + 1) * D))
      return { vol, label: problem.y[i] ?? 0 }
    })
    let loss = Number.NaN
    return {
      step: (count) => {
        for (let i = 0; i < count; i++) {
          loss = 0
          for (const { vol, label } of examples) {
            const { cost_loss: entropy, l2_decay_loss: penalty } = trainer.train(vol, label)
            loss += (entropy + penalty) / N
          }
        }
      },
      loss: () => loss,
    }
  },
}
