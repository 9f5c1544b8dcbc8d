import {
  add,
  affine,
  differentiate,
  div,
  elementCount,
  evaluate,
  l2,
  leaves,
  mul,
  objectiveFrom,
  relu,
  residualFrom,
  seed,
  sequentialFrom,
  simplify,
  softmaxCrossEntropy,
  sqrt,
  square,
  sub,
  toArray,
  trace,
  zerosLike,
  zipTrees,
  type Float,
  type Net,
  type SequentialEntry,
  type Tensor,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import { seedArbitrary } from '../arbitrary/seedArbitrary.ts'
import { randomFrom } from '../sample/random.ts'
import { drawElements } from './elements.ts'
import { legibly } from './programSample.ts'
import type { Trial } from './trial.ts'

interface Choices {
  readonly dtype: Float
  readonly sizes: readonly [N: number, D: number, H: number, C: number]
  readonly blocks: number
  readonly optimizer: 'sgd' | 'momentum' | 'adaptive'
  readonly seed: number
}

type Step = (
  params: TreeRecord,
  gradients: TreeRecord,
  state: TreeRecord,
) => readonly [TreeRecord, TreeRecord]

const optimizers: Readonly<Record<Choices['optimizer'], Step>> = {
  sgd: (params, gradients, state) => [zipTrees(params, gradients, (p, g) => sub(p, mul(g, 0.1))), state],
  momentum: (params, gradients, state) => {
    const velocity = zipTrees(state, gradients, (v, g) => add(mul(v, 0.9), g))
    return [zipTrees(params, velocity, (p, v) => sub(p, mul(v, 0.01))), velocity]
  },
  adaptive: (params, gradients, state) => {
    const squares = zipTrees(state, gradients, (v, g) => add(mul(v, 0.9), mul(square(g), 0.1)))
    const updates = zipTrees(gradients, squares, (g, v) => div(mul(g, 0.01), add(sqrt(v as Tensor), 1e-3)))
    return [zipTrees(params, updates, (p, u) => sub(p, u)), squares]
  },
}

function built<T>(
  what: { readonly _tag: 'Left'; readonly left: string } | { readonly _tag: 'Right'; readonly right: T },
): T {
  if (what._tag === 'Left') throw new TypeError(what.left)
  return what.right
}

function lossOf({ sizes: [, D, H, C], blocks }: Choices): Net {
  const block = (): Net => {
    const body: Net = built(
      sequentialFrom(
        ['N', H],
        [
          ['fc', affine(H, H)],
          ['act', relu()],
        ],
      ),
    )
    return built(residualFrom(body))
  }
  const entries: readonly SequentialEntry[] = [
    ['fc1', affine(D, H)],
    ['act', relu()],
    ...Array.from({ length: blocks }, (_, index) => [`block${index}`, block()] as const),
    ['fc2', affine(H, C)],
  ]
  const net: Net = built(sequentialFrom(['N', D], entries))
  return built(objectiveFrom(net, softmaxCrossEntropy(C), { 'fc1.W': l2(0.01), 'fc2.W': l2(0.01) }))
}

function trialOf(choices: Choices): Trial {
  const {
    dtype,
    sizes: [N, D, , C],
    optimizer,
    seed: start,
  } = choices
  const loss = lossOf(choices)
  const params = evaluate(loss.init(seed(start), { dtype }))
  const state = optimizer === 'sgd' ? {} : evaluate(zerosLike(params))
  const random = randomFrom(start, 'labels')
  const given = {
    params,
    state,
    x: { shape: [N, D], dtype },
    labels: { shape: [N], dtype: 'int32' },
  } as const
  const program = trace(
    ({ params: from, state: memory, x, labels }): TreeRecord => {
      const { value, gradients } = differentiate(loss)(from, { input: x, labels })
      const [after, next] = optimizers[optimizer](from, gradients, memory)
      return { params: after, ...(optimizer === 'sgd' ? {} : { state: next }), loss: value }
    },
    { shapes: given as never, carried: { params: 'params', ...(optimizer !== 'sgd' && { state: 'state' }) } },
  )
  return {
    program: simplify(program),
    values: [
      ...leaves(params).map(([, tensor]) => toArray(tensor)),
      ...leaves(state).map(([, tensor]) => toArray(tensor)),
      drawElements(dtype, 'normal', elementCount([N, D]), start),
      Int32Array.from({ length: N }, () => random.below(C)),
    ],
  }
}

const size = fc.constantFrom(3, 1, 2, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 47, 50, 65, 100)

/** Steps of training of nets with residual blocks: loss, gradients and the optimizer's update of what is carried. */
export const trainingSamples: fc.Arbitrary<Trial> = fc
  .record({
    dtype: fc.constantFrom('float32', 'float64'),
    sizes: fc.tuple(size, size, size, fc.constantFrom(3, 1, 2, 4, 5, 10)),
    blocks: fc.nat(2),
    optimizer: fc.constantFrom('sgd', 'momentum', 'adaptive'),
    seed: seedArbitrary,
  })
  .map((choices) => legibly(trialOf(choices)))
