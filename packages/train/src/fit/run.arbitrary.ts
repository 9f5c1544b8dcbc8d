import {
  affine,
  fromValues,
  objectiveFrom,
  relu,
  sequentialFrom,
  softmaxCrossEntropy,
  l2,
  leaves,
  mapTree,
  toArray,
  type Float,
  type Net,
  type Objective,
  type SequentialEntry,
  type Tensor,
  type Shape,
  type Dtype,
  type TreeRecord,
} from '@pullback/core'
import * as fc from 'fast-check'
import {
  chain,
  exponentialDecay,
  momentum,
  nesterov,
  sgd,
  stepDecay,
  type FitOptions,
  type Snapshot,
} from '../index.ts'
import { centring, dropout } from './layers.arbitrary.ts'

/** Who computes: the reference, and a backend that compiles. */
export const computing = ['reference', 'wasm'] as const

export type AnyOptions = FitOptions<Readonly<Record<string, Tensor<Shape, Dtype>>>, TreeRecord>

/** A small run of training: its objective and its options. */
export interface SmallRun {
  readonly objective: Objective
  readonly options: AnyOptions
}

const optimizer = fc.constantFrom(
  sgd(0.25),
  sgd(exponentialDecay(0.5, { rate: 0.5, steps: 4 })),
  chain(momentum(0.75), sgd(0.125)),
  chain(nesterov(0.5), sgd(stepDecay(0.25, { factor: 0.5, every: 3 }))),
)

function orThrow<R>(built: { readonly left: string } | { readonly right: R }): R {
  if ('left' in built) throw new Error(built.left)
  return built.right
}

/** A net of 3 columns and 2 classes, with a layer that has state and one that draws if asked for. */
function netOf(withState: boolean, withKey: boolean, dtype: Float): Net {
  const entries: readonly (readonly SequentialEntry[])[] = [
    [['fc1', affine(3, 4)]],
    withState ? [['centre', centring(4, dtype)]] : [],
    withKey ? [['drop', dropout()]] : [],
    [['relu', relu()]],
    [['fc2', affine(4, 2)]],
  ]
  return orThrow(sequentialFrom(['N', 3], entries.flat()))
}

/** Examples whose numbers are on a grid that float32 holds exactly. */
const examples = (count: number, dtype: Float) =>
  fc
    .record({
      input: fc.array(fc.integer({ min: -128, max: 128 }), { minLength: 3 * count, maxLength: 3 * count }),
      labels: fc.array(fc.nat(1), { minLength: count, maxLength: count }),
    })
    .map(({ input, labels }) => ({
      input: fromValues(
        input.map((value) => value / 64),
        [count, 3],
        dtype,
      ),
      labels: fromValues(labels, [count], 'int32'),
    }))

export const smallRun: fc.Arbitrary<SmallRun> = fc
  .record({
    dtype: fc.constantFrom('float32' as const, 'float64' as const),
    count: fc.integer({ min: 1, max: 9 }),
    withState: fc.boolean(),
    withKey: fc.boolean(),
  })
  .chain(({ dtype, count, withState, withKey }) =>
    fc
      .record(
        {
          data: examples(count, dtype),
          validation: examples(3, dtype),
          optimizer,
          epochs: fc.integer({ min: 1, max: 3 }),
          batch: fc.integer({ min: 1, max: count + 1 }),
          seed: fc.maxSafeInteger(),
          every: fc.integer({ min: 1, max: 5 }),
        },
        { requiredKeys: ['data', 'optimizer', 'epochs', 'batch'] },
      )
      .map((options) => ({
        objective: orThrow(
          objectiveFrom(netOf(withState, withKey, dtype), softmaxCrossEntropy(2), { 'fc1.W': l2(0.01) }),
        ),
        options,
      })),
  )

const plainTree = (tree: TreeRecord) =>
  leaves(tree).map(([path, x]) => ({ path, dtype: x.dtype, shape: [...x.shape], values: [...toArray(x)] }))

/** A snapshot as numbers and strings alone, to be compared. */
export const plain = ({ params, optimizerState, state, ...rest }: Snapshot) => ({
  ...rest,
  params: plainTree(params),
  optimizerState: plainTree(optimizerState),
  state: plainTree(state),
})

const copyTree = (tree: TreeRecord) => mapTree(tree, (x) => fromValues(toArray(x).slice(), x.shape, x.dtype))

/** What of a snapshot survives a file: arrays with their shapes, and JSON. */
export const rebuilt = ({ params, optimizerState, state, ...rest }: Snapshot): Snapshot => ({
  ...(JSON.parse(JSON.stringify(rest)) as typeof rest),
  params: copyTree(params),
  optimizerState: copyTree(optimizerState),
  state: copyTree(state),
})

/** All that an iterable gives, up to a number of items. */
export async function collect<T>(iterable: AsyncIterable<T>, limit = Infinity): Promise<readonly T[]> {
  const items: T[] = []
  for await (const item of iterable) {
    items.push(item)
    if (items.length >= limit) break
  }
  return items
}
