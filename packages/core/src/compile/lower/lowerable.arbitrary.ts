import * as core from '@pullback/core'
import {
  elementCount,
  fromValues,
  full,
  input,
  type AnyTensor,
  type Shape,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { equalShapes } from '../../tensor/shape.ts'
import { gridArbitrary, tensorArbitrary } from '../../tensor/tensor.arbitrary.ts'
import type { Program } from '../program.ts'

/** A program, and a value for each of its inputs. */
export interface Lowerable {
  readonly program: Program
  readonly values: readonly AnyTensor[]
}

type Indices = Tensor<Shape, 'int32'>
type Build = (a: Tensor, b: Tensor, indices: Indices, n: number) => AnyTensor

const axisOf = (x: AnyTensor, n: number) => n % x.shape.length
const rowsOf = (x: Tensor) => core.reshape(x, [x.shape[0] ?? 1, -1])
const swapped = (x: Tensor) => core.transpose(x, [0, 2, 1])

/** What nets and their gradients are made of, and what makes it hard to find the elements. */
const builds: readonly Build[] = [
  (a, b) => core.add(a, b),
  (a, b) => core.mul(a, b),
  (a, b) => core.sub(a, core.mul(b, 0.5)),
  (a) => core.maximum(a, 0),
  (a) => core.exp(core.minimum(a, 2)),
  (a) => core.tanh(a),
  (a, b) => core.where(core.greater(a, 0), b, 0),
  (a, b) => core.where(core.equal(a, b), core.neg(a), core.floor(b)),
  (a) => core.cast(core.cast(a, 'int32'), a.dtype),
  (a, _, __, n) => core.sum(a, { axes: axisOf(a, n), keepDims: n % 2 === 0 }),
  (a) => core.sum(a),
  (a) => core.sum(a, { axes: [0, 2] }),
  (a, b) => core.max(core.add(a, b), { axes: -1, keepDims: true }),
  (a) => core.div(a, core.add(core.sum(core.abs(a), { axes: -1, keepDims: true }), 1)),
  (a, b) => core.cast(core.argmax(core.mul(a, b), 0), a.dtype),
  (a) => core.transpose(a),
  (a, _, __, n) => core.transpose(a, a.shape.length === 3 ? [n % 3, (n + 1) % 3, (n + 2) % 3] : [1, 0]),
  (a) => core.reshape(core.transpose(a), [-1]),
  (a) => core.reshape(core.exp(core.minimum(a, 1)), [-1]),
  (a) => rowsOf(a),
  (a, _, __, n) => core.slice(a, [n % 2, 5], [0, 4, 1 + (n % 2)]),
  (a) => core.broadcastTo(a, [2, ...a.shape]),
  (a, b) => core.broadcastTo(core.sub(a, 1), b.shape),
  (a, b, _, n) => core.concatenate([a, core.neg(b), a], axisOf(a, n)),
  (a, b) => core.matmul(a, b),
  (a, b) => core.matmul(a, b, { transposeA: true }),
  (a, b) => core.add(core.matmul(a, b, { transposeB: true }), full([1], 2, a.dtype)),
  (a, b) => core.maximum(core.matmul(core.transpose(rowsOf(a)), rowsOf(b)), 0),
  (a, b) => core.matmul(core.slice(rowsOf(a), [0, 3, 2]), core.transpose(rowsOf(b))),
  (a) => core.matmul(a, swapped(a)),
  (a, b, _, n) => core.concatenate([core.matmul(a, swapped(a)), core.matmul(b, swapped(b))], n % 3),
  (a, b) => core.concatenate([core.matmul(core.transpose(a), b), core.exp(core.minimum(b, 1))]),
  (a, b) => core.add(core.matmul(a, swapped(b)), core.matmul(b, swapped(a))),
  (a, b) => core.sub(core.matmul(core.exp(core.minimum(a, 1)), b), core.matmul(a, b)),
  (a, b) => core.mul(core.matmul(a, swapped(core.neg(b))), core.iota([a.shape[1] ?? 1], 0, a.dtype)),
  (a, _, indices, n) => core.gather(a, indices, axisOf(a, n)),
  (a, _, indices) =>
    core.scatterAdd(core.gather(a, core.reshape(indices, [-1])), core.reshape(indices, [-1]), 3),
  (a, _, indices) => core.oneHot(indices, 3, a.dtype),
  (a, _, indices) => core.matmul(core.oneHot(core.reshape(indices, [-1]), a.shape[0] ?? 1, a.dtype), a),
  (a, _, __, n) => core.add(a, core.randomUniform(core.fold(core.seed(n), 'noise'), a.shape, a.dtype)),
  (a) => core.add(core.iota(a.shape, 0, a.dtype), a),
]

const shapes = fc.constantFrom<(readonly number[])[]>(
  [],
  [1],
  [3],
  [5],
  [3, 5],
  [5, 3],
  [3, 3],
  [1, 5],
  [2, 3, 5],
  [2, 5, 3],
  [2, 1, 3],
  [0, 3],
  [3, 0],
)

const mostElements = 400

type Instruction = readonly [build: number, first: number, second: number, n: number]

function grow(leaves: readonly Tensor[], indices: readonly Indices[], instructions: readonly Instruction[]) {
  const pool = [...leaves]
  const pick = (n: number): Tensor =>
    pool.at(n % 3 === 0 ? n % pool.length : -1 - (n % Math.min(5, pool.length))) ?? full([], 1)
  for (const [build, first, second, n] of instructions) {
    try {
      const made = builds[build % builds.length]?.(
        pick(first),
        pick(second),
        indices[n % indices.length] ?? core.iota([1]),
        n,
      )
      if (made !== undefined && elementCount(made.shape) <= mostElements && made.shape.length <= 3)
        pool.push(made as Tensor)
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    }
  }
  return pool
}

/** For some inputs an output of their shape that is to be carried to them. */
function carriesOf(leaves: readonly AnyTensor[], pool: readonly AnyTensor[], choices: readonly number[]) {
  return leaves.flatMap((leaf, index) => {
    const fitting = pool.filter(({ shape, dtype }) => dtype === leaf.dtype && equalShapes(shape, leaf.shape))
    const choice = choices[index] ?? 0
    const tensor = fitting.at(-1 - (choice % 4))
    return choice % 3 === 0 || tensor === undefined ? [] : [{ input: index, tensor }]
  })
}

const indexArbitrary = fc
  .tuple(fc.constantFrom<(readonly number[])[]>([1], [3], [2, 2], [0]), fc.boolean())
  .chain(([shape, isBad]) =>
    tensorArbitrary(shape, 'int32', fc.integer(isBad ? { min: -1, max: 4 } : { min: 0, max: 2 })),
  )

/** Random programs on floats of one dtype, with indices that may be out of range, and a state that is carried. */
export const lowerableArbitrary: fc.Arbitrary<Lowerable> = fc
  .record({
    values: fc.constantFrom('float32', 'float64').chain((dtype) =>
      fc.array(
        shapes.chain((shape) => tensorArbitrary(shape, dtype, gridArbitrary)),
        { minLength: 2, maxLength: 5 },
      ),
    ),
    indices: fc.array(indexArbitrary, { minLength: 1, maxLength: 2 }),
    instructions: fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999)), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    }),
    outputs: fc.array(fc.nat(999), { minLength: 1, maxLength: 4 }),
    carried: fc.array(fc.nat(999), { minLength: 5, maxLength: 5 }),
  })
  .map(({ values, indices, instructions, outputs, carried }) => {
    const leaves = values.map(({ shape, dtype }, index) => input(`x${index}`, shape, dtype) as Tensor)
    const names = indices.map(({ shape }, index) => input(`i${index}`, shape, 'int32'))
    const constant = fromValues([1, 2, 3], [3], values[0]?.dtype ?? 'float32') as Tensor
    const pool = grow([...leaves, constant], names, instructions)
    const carries = carriesOf(leaves, pool, carried)
    const asked = outputs.flatMap((position) => pool.slice(-1 - (position % pool.length)).slice(0, 1))
    return {
      program: {
        inputs: [...leaves, ...names].map(({ shape, dtype, expression }) => ({
          name: expression.op === 'input' ? expression.name : '',
          shape,
          dtype,
        })),
        outputs: [...carries.map(({ tensor }) => tensor), ...asked].map((tensor, index) => ({
          name: `r${index}`,
          tensor,
        })),
        carried: carries.map(({ input }, output) => ({ output, input })),
      },
      values: [...values, ...indices],
    }
  })
