import {
  add,
  concatenate,
  elementCount,
  exp,
  fold,
  gather,
  input,
  iota,
  matmul,
  max,
  maximum,
  minimum,
  mul,
  randomNormal,
  seed,
  simplify,
  slice,
  sub,
  sum,
  transpose,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { seedArbitrary } from '../arbitrary/seedArbitrary.ts'
import { drawElements } from './elements.ts'
import { floatDtype } from './primitiveSample.ts'
import { legibly } from './programSample.ts'
import type { Trial } from './trial.ts'

/** What takes two tensors of a shape that are as long as loops have to be for several threads to share them. */
const long: readonly ((x: Tensor, row: Tensor) => AnyTensor)[] = [
  (x, row) => mul(add(x, row), sub(x, 0.5)),
  (x, row) => maximum(exp(minimum(mul(x, row), 2)), 1.5),
  (x, row) => sum(mul(x, row), { axes: -1 }),
  (x) => sum(x, { axes: 0 }),
  (x) => sum(mul(x, x)),
  (x) => max(x, { axes: -1 }),
  (x) => transpose(add(x, 1)),
  (x, row) => concatenate([mul(x, 2), add(x, row)], -1),
  (x) => slice(mul(x, 3), [1, -1], [0, x.shape[1] ?? 1, 2]),
  (x) => gather(x, iota([x.shape[0] ?? 1])),
  (x) => add(x, randomNormal(fold(seed(5), 'noise'), x.shape, x.dtype)),
]

const shapes = fc.constantFrom([257, 401], [333, 601], [2049, 49], [49, 2049], [3, 33_335], [100_001, 1])

const products = fc.constantFrom(
  [129, 257, 65],
  [100, 784, 50],
  [31, 1001, 33],
  [257, 33, 257],
  [1, 1000, 1001],
)

interface Choices {
  readonly dtype: 'float32' | 'float64'
  readonly shape: readonly number[]
  readonly which: readonly number[]
  readonly product: readonly number[]
  readonly transposes: number
  readonly seed: number
}

function trialOf({
  dtype,
  shape,
  which,
  product: [m = 1, k = 1, n = 1],
  transposes,
  seed: from,
}: Choices): Trial {
  const transposeA = transposes % 2 === 1
  const transposeB = transposes >= 2
  const inputs = [
    { name: 'x', shape, dtype },
    { name: 'row', shape: shape.slice(1), dtype },
    { name: 'a', shape: transposeA ? [k, m] : [m, k], dtype },
    { name: 'b', shape: transposeB ? [n, k] : [k, n], dtype },
    { name: 'c', shape: [n], dtype },
  ]
  const [x, row, a, b, c] = inputs.map((one) => input(one.name, [...one.shape], dtype) as Tensor)
  if (x === undefined || row === undefined || a === undefined || b === undefined || c === undefined)
    throw new Error('a program lacks an input')
  const product = matmul(a, b, { transposeA, transposeB })
  const tensors = [
    ...which.flatMap((one) => long[one]?.(x, row) ?? []),
    transposes === 0 ? product : maximum(add(product, c), 0),
  ]
  const program = simplify({
    inputs,
    outputs: tensors.map((tensor, index) => ({ name: `r${index}`, tensor })),
    carried: [],
  })
  return {
    program,
    values: inputs.map((one, index) => drawElements(dtype, 'normal', elementCount(one.shape), from + index)),
  }
}

/** Programs on tensors so large that their parts are computed by several threads, where there are any. */
export const largeSamples: fc.Arbitrary<Trial> = fc
  .record({
    dtype: floatDtype,
    shape: shapes,
    which: fc.array(fc.nat(long.length - 1), { minLength: 1, maxLength: 2 }),
    product: products,
    transposes: fc.nat(3),
    seed: seedArbitrary,
  })
  .map((choices) => legibly(trialOf(choices)))
