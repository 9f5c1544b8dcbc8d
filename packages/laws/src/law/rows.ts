import {
  evaluate,
  fromValues,
  gather,
  isPattern,
  isTensor,
  leaves,
  toArray,
  type AnyTensor,
  type LayerInput,
  type Tensor,
  type Tree,
} from '@pullback/core'
import { boundedResults, type Bounded } from '../expression/bounded.ts'
import { bindingsOf, resultsOf, sampleExpressions } from '../expression/evaluateSample.ts'
import { batchName, hasBatch } from '../sample/sizes.ts'
import { randomFrom } from '../sample/random.ts'
import type { Sample } from '../sample/sample.ts'
import { agreement, arraysOf, type Comparison } from './agreement.ts'
import type { Law, Outcome } from './law.ts'
import { firstOf, holds } from './outcomes.ts'

/** What a layer promises of the examples of a batch: that they are independent, or only that they are in no order. */
export type Rows = 'rowwise' | 'coupled'

/** Which tensors of a layer have an example in each row. */
interface Batched {
  readonly input: (path: string) => boolean
  readonly output: boolean
  readonly count: number
}

function batched({ layer, input, dOutput }: Sample): Batched | undefined {
  const { takes, gives } = layer.rule
  const name = batchName(takes)
  if (name === undefined) return undefined
  const inputs = new Map(leaves(input))
  const isRows = (path: string): boolean => {
    const tensor = inputs.get(path)
    return tensor !== undefined && hasBatch(isPattern(takes) ? takes : takes[path], name, tensor.shape)
  }
  const count = [...inputs].find(([path]) => isRows(path))?.[1].shape[0]
  const output = hasBatch(gives, name, dOutput.shape) && dOutput.shape[0] === count
  return count === undefined ? undefined : { input: isRows, output, count }
}

const rowsOf = (tensor: AnyTensor, order: readonly number[]): AnyTensor =>
  gather(tensor, fromValues(order, [order.length], 'int32'))

/** The sample with these of its rows. */
function withRows(sample: Sample, rows: Batched, order: readonly number[]): Sample {
  const { input } = sample
  const taken: LayerInput = isTensor(input)
    ? rowsOf(input, order)
    : Object.fromEntries(
        Object.entries(input).map(([name, x]) => [name, rows.input(name) ? rowsOf(x, order) : x]),
      )
  return {
    ...sample,
    input: evaluate<Tree>(taken) as LayerInput,
    dOutput: rows.output ? evaluate(rowsOf(sample.dOutput, order) as Tensor) : sample.dOutput,
  }
}

const boundedAt = (sample: Sample): Bounded =>
  evaluate({ ...boundedResults(sampleExpressions(sample), 'float64') }, bindingsOf(sample))

function valuesAt(sample: Sample): Tree {
  const { output, dParams, dInput } = resultsOf(sampleExpressions(sample))
  return evaluate<Tree>({ output, params: dParams, input: dInput }, bindingsOf(sample))
}

/** Parts of a batch and where their rows are in the whole. */
interface Part {
  readonly order: readonly number[]
  readonly found: Tree
}

/**
 * Results of the whole beside those of its parts: rows where they belong, everything else added up. If the parts are what
 * they should be, rounding does to them what it does to the whole.
 */
function comparisons(rows: Batched, whole: Bounded, parts: readonly Part[]): readonly Comparison[] {
  const errors = arraysOf(whole.errors)
  const values = parts.map(({ order, found }) => ({ order, arrays: arraysOf(found) }))
  return leaves(whole.values).map(([path, tensor]) => {
    const [top = '', ...below] = path.split('.')
    const hasRows =
      top === 'output'
        ? rows.output
        : top === 'input' && rows.input(below.join('.')) && tensor.shape.length > 0
    const left = toArray(tensor)
    const right = new Float64Array(left.length)
    const bound = Float64Array.from(errors.get(path) ?? [], (error) => 2 * error + Number.MIN_VALUE)
    const width = left.length / Math.max(tensor.shape[0] ?? 1, 1)
    for (const { order, arrays } of values)
      for (const [position, value] of (arrays.get(path) ?? []).entries()) {
        const at = hasRows
          ? (order[Math.floor(position / width)] ?? 0) * width + (position % width)
          : position
        right[at] = (right[at] ?? 0) + value
        bound[at] = (bound[at] ?? 0) + parts.length * 2 ** -53 * Math.abs(value)
      }
    return { path, shape: tensor.shape, left, right, bound }
  })
}

const reordered = (count: number, seed: number): readonly number[] => {
  const random = randomFrom(seed, 'rows')
  const order = Array.from({ length: count }, (_, index) => index)
  for (let index = count - 1; index > 0; index--) {
    const other = random.below(index + 1)
    const [a = 0, b = 0] = [order[index], order[other]]
    order[index] = b
    order[other] = a
  }
  return order
}

/**
 * The examples of a batch, for a layer that says what they are to each other. In no order:
 *
 *     f(P x) = P f(x),  dx of P x = P dx,  dW of P x = dW            for every permutation P of the rows
 *
 * and, if they are independent, for any two batches a and b:
 *
 *     f([a; b]) = [f(a); f(b)],  dx = [da; db],  dW of [a; b] = dW of a + dW of b
 */
export const rowsLaw = (promise: Rows | undefined): Law => ({
  name: 'rows',
  check(sample) {
    const rows = promise === undefined ? undefined : batched(sample)
    if (rows === undefined || rows.count < 2) return holds
    const whole = boundedAt(sample)
    const part = (order: readonly number[]): Part => ({
      order,
      found: valuesAt(withRows(sample, rows, order)),
    })
    const permuted = (): Outcome =>
      agreement(
        'rows',
        sample,
        'with the examples in another order the results are not those in another order',
        comparisons(rows, whole, [part(reordered(rows.count, sample.seed))]),
      )
    const split = (): Outcome => {
      const at = 1 + randomFrom(sample.seed, 'split').below(rows.count - 1)
      const all = Array.from({ length: rows.count }, (_, index) => index)
      return agreement(
        'rows',
        sample,
        'a batch gives something else than its two parts',
        comparisons(rows, whole, [part(all.slice(0, at)), part(all.slice(at))]),
      )
    }
    return firstOf(promise === 'rowwise' ? [split, permuted] : [permuted])
  },
})
