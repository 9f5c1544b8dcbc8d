import * as core from '@pullback/core'
import { full, input, iota, type AnyTensor, type Dtype, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { dtypeArbitrary, gridArbitrary, tensorArbitrary } from '../tensor/tensor.arbitrary.ts'

/** Expressions that share subexpressions, with all the constants, inputs and bindings that they are made from. */
export interface Program {
  readonly roots: readonly AnyTensor[]
  readonly given: readonly AnyTensor[]
  readonly bindings: Readonly<Record<string, AnyTensor>>
}

type Instruction = readonly [operation: number, first: number, second: number, third: number]

const unary = [core.neg, core.abs, core.sign, core.floor, core.square] as const
const binary = [core.add, core.sub, core.mul, core.maximum, core.minimum, core.div] as const
const compare = [core.less, core.equal, core.greaterEqual, core.notEqual] as const
const reductions = [core.sum, core.max, core.min] as const

/** An instruction: the tensor it makes of some that are there; it may throw where they do not fit. */
export type Build = (a: Tensor, b: Tensor, c: Tensor, n: number) => AnyTensor

const condition = (x: AnyTensor) => core.notEqual(x, 0)
/** An axis of `x`, counted round. */
const axisOf = (x: AnyTensor, n: number) => n % x.shape.length

// What does not fit (shapes that do not broadcast, an axis of a scalar) throws, and the instruction is skipped.
const operations: readonly Build[] = [
  ...unary.map(
    (f): Build =>
      (a) =>
        f(a),
  ),
  ...binary.map(
    (f): Build =>
      (a, b) =>
        f(a, b),
  ),
  ...binary.map(
    (f): Build =>
      (a) =>
        f(a, a),
  ),
  ...compare.map(
    (f): Build =>
      (a, b) =>
        f(a, b),
  ),
  ...reductions.map(
    (f): Build =>
      (a, _, __, n) =>
        f(a, { axes: axisOf(a, n), keepDims: n % 2 === 0 }),
  ),
  (a, b, c) => core.where(condition(a), b, c),
  (a, b) => core.where(condition(a), a, b),
  (a, _, __, n) => core.cast(a, (['float32', 'float64', 'int32'] as const)[n % 3] ?? 'int32'),
  (a) => core.reshape(a, [-1]),
  (a) => core.reshape(a, [1, ...a.shape, 1]),
  (a) => core.reshape(a, a.shape.toReversed()),
  (a) => core.transpose(a),
  (a, b) => core.broadcastTo(a, b.shape),
  (a, _, __, n) => core.broadcastTo(a, [1 + (n % 3), ...a.shape]),
  (a, _, __, n) => core.broadcastTo(core.reshape(a, [...a.shape, 1]), [...a.shape, 1 + (n % 17)]),
  (a, _, __, n) => core.slice(a, [n % 2, -1, 1 + (n % 2)]),
  (a, b, _, n) => core.concatenate([a, b, a], axisOf(a, n)),
  (a, b) => core.matmul(a, b),
  (a, b, _, n) => core.matmul(a, b, { transposeA: n % 2 === 0, transposeB: true }),
  (a, _, __, n) => core.argmax(a, axisOf(a, n)),
  (a, _, __, n) => core.gather(a, iota([Math.min(2, a.shape[axisOf(a, n)] ?? 0)]), axisOf(a, n)),
  (a, _, __, n) => {
    const size = a.shape[axisOf(a, n)] ?? 0
    return core.scatterAdd(a, core.minimum(iota([size]), 1), 2, axisOf(a, n))
  },
  (a) => core.oneHot(core.minimum(core.argmax(a), 2), 3, a.dtype),
]

const mostElements = 3000
const mostRank = 4

function run(
  leaves: readonly AnyTensor[],
  instructions: readonly Instruction[],
  operations: readonly Build[],
): readonly AnyTensor[] {
  const pool = [...leaves]
  const pick = (n: number): Tensor => {
    // Late ones are the more likely, so that expressions grow deep.
    const found = pool.at(n % 3 === 0 ? n % pool.length : -1 - (n % Math.min(4, pool.length)))
    if (found === undefined) throw new Error('the pool is empty')
    return found as Tensor
  }
  for (const [operation, first, second, third] of instructions) {
    try {
      const built = operations[operation % operations.length]?.(pick(first), pick(second), pick(third), third)
      if (
        built !== undefined &&
        core.elementCount(built.shape) <= mostElements &&
        built.shape.length <= mostRank
      )
        pool.push(built)
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    }
  }
  return pool.slice(leaves.length)
}

const leafShapes = fc.constantFrom<(readonly number[])[]>(
  [],
  [1],
  [3],
  [17],
  [3, 17],
  [17, 1],
  [1, 3],
  [2, 3],
  [0, 3],
  [2, 1, 3],
  [3, 3],
)

const leavesOf = (dtype: Dtype, elements: fc.Arbitrary<number>) =>
  fc.array(
    leafShapes.chain((shape) =>
      tensorArbitrary(shape, dtype, dtype === 'int32' ? fc.integer({ min: -5, max: 5 }) : elements),
    ),
    { minLength: 2, maxLength: 4 },
  )

/**
 * Random programs over constants, inputs, positions and repeated numbers.
 *
 * @param more instructions beside those that random programs have anyway
 * @param elements of float constants and inputs
 */
export const programsOf = (
  more: readonly Build[],
  elements: fc.Arbitrary<number> = gridArbitrary,
): fc.Arbitrary<Program> =>
  fc
    .record({
      leaves: dtypeArbitrary.chain((dtype) => fc.tuple(leavesOf(dtype, elements), leavesOf(dtype, elements))),
      instructions: fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999)), {
        minLength: 1,
        maxLength: 40,
        size: 'max',
      }),
      roots: fc.array(fc.nat(999), { maxLength: 4 }),
    })
    .map(({ leaves: [constants, bound], instructions, roots }) => {
      const inputs = bound.map((value, index) => input(`x${index}`, value.shape, value.dtype))
      const dtype = constants[0]?.dtype ?? 'float32'
      const leaves = [...constants, ...inputs, full([3, 17], 2, dtype), iota([3], 0, dtype)]
      const built = run(leaves, instructions, [...operations, ...more])
      const all = built.length === 0 ? leaves : built
      return {
        roots: [
          ...all.slice(-1),
          ...roots.flatMap((position) => all.slice(position % all.length).slice(0, 1)),
        ],
        given: [...constants, ...bound],
        bindings: Object.fromEntries(bound.map((value, index) => [`x${index}`, value])),
      }
    })

/** Random programs whose sums and products are exact. */
export const programArbitrary: fc.Arbitrary<Program> = programsOf([])
