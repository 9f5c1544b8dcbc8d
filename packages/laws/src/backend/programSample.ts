import {
  elementCount,
  fromValues,
  input,
  iota,
  full,
  simplify,
  showProgram,
  type AnyTensor,
  type Carry,
  type Program,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { seedArbitrary } from '../arbitrary/seedArbitrary.ts'
import { builds, type Indices } from './builds.ts'
import { drawElements, type ElementRegime } from './elements.ts'
import type { Trial } from './trial.ts'

type Instruction = readonly [build: number, first: number, second: number, n: number]

const mostElements = 9000

function grow(leaves: readonly Tensor[], indices: readonly Indices[], instructions: readonly Instruction[]) {
  const pool = [...leaves]
  // Late ones are the more likely, so that expressions grow deep.
  const pick = (n: number): Tensor =>
    pool.at(n % 3 === 0 ? n % pool.length : -1 - (n % Math.min(5, pool.length))) ?? full([], 1)
  for (const [build, first, second, n] of instructions) {
    try {
      const made = builds[build % builds.length]?.(
        pick(first),
        pick(second),
        indices[n % indices.length] ?? iota([1]),
        n,
      )
      if (made !== undefined && elementCount(made.shape) <= mostElements && made.shape.length <= 3)
        pool.push(made as Tensor)
    } catch (error) {
      // What does not fit (shapes that do not broadcast, an axis of a scalar) is left out.
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    }
  }
  return pool
}

const isAlike = (a: AnyTensor, b: AnyTensor): boolean =>
  a.dtype === b.dtype &&
  a.shape.length === b.shape.length &&
  a.shape.every((size, axis) => size === b.shape[axis])

/** For some inputs an output of their shape that is carried to them. */
const carriesOf = (leaves: readonly AnyTensor[], pool: readonly AnyTensor[], choices: readonly number[]) =>
  leaves.flatMap((leaf, index) => {
    const choice = choices[index] ?? 0
    const tensor = pool.filter((one) => isAlike(one, leaf)).at(-1 - (choice % 4))
    return choice % 3 === 0 || tensor === undefined ? [] : [{ input: index, tensor }]
  })

const sizes = fc.constantFrom(3, 1, 2, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 50, 65)

/** Shapes of two sizes that often fit each other. */
const shapesOf = ([m, n]: readonly [number, number]): readonly (readonly number[])[] => [
  [m, n],
  [n, m],
  [n],
  [],
  [m, 1],
  [1, n],
  [n, n],
  [2, m, n],
  [2, n, m],
  [0, n],
]

const regimes = fc.constantFrom<ElementRegime[]>(
  'grid',
  'normal',
  'normal',
  'scaled',
  'normal',
  'grid',
  'special',
)

const leafArbitrary = fc.record({ shape: fc.nat(99), regime: regimes, seed: seedArbitrary })

const indexArbitrary = fc
  .tuple(fc.constantFrom<(readonly number[])[]>([1], [3], [2, 2], [7], [0]), fc.nat(9))
  .chain(([shape, luck]) => {
    const count = elementCount(shape)
    const values = fc.integer(luck === 9 ? { min: -1, max: 4 } : { min: 0, max: 2 })
    return fc
      .array(values, { minLength: count, maxLength: count })
      .map((drawn) => ({ shape, values: Int32Array.from(drawn) }))
  })

interface Choices {
  readonly dtype: 'float32' | 'float64'
  readonly sizes: readonly [number, number]
  readonly leaves: readonly {
    readonly shape: number
    readonly regime: ElementRegime
    readonly seed: number
  }[]
  readonly indices: readonly { readonly shape: readonly number[]; readonly values: Int32Array }[]
  readonly instructions: readonly Instruction[]
  readonly outputs: readonly number[]
  readonly carried: readonly number[]
  readonly isSimplified: boolean
}

function trialOf(choices: Choices): Trial {
  const { dtype, sizes: pair, leaves: drawn, indices, instructions, outputs, carried, isSimplified } = choices
  const shapes = shapesOf(pair)
  const shapeAt = (n: number): readonly number[] => shapes[n % shapes.length] ?? []
  const leaves = drawn.map(({ shape }, index) => input(`x${index}`, [...shapeAt(shape)], dtype) as Tensor)
  const names = indices.map(({ shape }, index) => input(`i${index}`, [...shape], 'int32') as Indices)
  const constant = fromValues([1, 2, 3], [3], dtype) as Tensor
  const pool = grow([...leaves, constant], names, instructions)
  const carries = carriesOf(leaves, pool, carried)
  const asked = outputs.flatMap((position) => pool.slice(-1 - (position % pool.length)).slice(0, 1))
  const tensors = [...carries.map(({ tensor }) => tensor), ...asked]
  const program: Program = {
    inputs: [...leaves, ...names].map(({ shape, dtype: own, expression }) => ({
      name: expression.op === 'input' ? expression.name : '',
      shape,
      dtype: own,
    })),
    outputs: tensors.map((tensor, index) => ({ name: `r${index}`, tensor })),
    carried: carries.map(({ input: taker }, output): Carry => ({ output, input: taker })),
  }
  const values = drawn.map(({ shape, regime, seed }) =>
    drawElements(dtype, regime, elementCount(shapeAt(shape)), seed),
  )
  return {
    program: isSimplified ? simplify(program) : program,
    values: [...values, ...indices.map((one) => one.values)],
  }
}

/** A trial that test runners show as the text of its program. */
export const legibly = <T extends Trial>(trial: T): T =>
  Object.assign(trial, { [fc.toStringMethod]: () => showProgram(trial.program) })

/**
 * Random programs on floats of one dtype: fused chains, reductions of what is broadcast, transposes and slices into
 * products, shared subexpressions, indices that may be out of range, a state that is carried.
 */
export const programSamples: fc.Arbitrary<Trial> = fc
  .record({
    dtype: fc.constantFrom('float32', 'float64'),
    sizes: fc.tuple(sizes, sizes),
    leaves: fc.array(leafArbitrary, { minLength: 2, maxLength: 5 }),
    indices: fc.array(indexArbitrary, { minLength: 1, maxLength: 2 }),
    instructions: fc.array(fc.tuple(fc.nat(999), fc.nat(999), fc.nat(999), fc.nat(999)), {
      minLength: 1,
      maxLength: 30,
      size: 'max',
    }),
    outputs: fc.array(fc.nat(999), { minLength: 1, maxLength: 4 }),
    carried: fc.array(fc.nat(999), { minLength: 5, maxLength: 5 }),
    isSimplified: fc.boolean(),
  })
  .map((choices) => legibly(trialOf(choices)))
