import { broadcastTo, concatenate, iota, reshape, slice, transpose, type AnyTensor } from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardShapes, smallSize } from './awkwardShapes.ts'
import { anyDtype, operandAt, operandOf, sampleOf, type PrimitiveSample } from './primitiveSample.ts'

type Samples = fc.Arbitrary<PrimitiveSample>

const first = (operands: readonly AnyTensor[]): AnyTensor => operandAt(operands, 0)

/** One operand of any shape and dtype, and what is made of it by numbers that are drawn beside it. */
const shaped = (
  build: (x: AnyTensor, numbers: readonly number[]) => AnyTensor,
  shapes: fc.Arbitrary<readonly number[]> = awkwardShapes(),
): Samples =>
  fc
    .tuple(shapes, anyDtype, fc.array(fc.nat(11), { minLength: 12, maxLength: 12 }))
    .chain(([shape, dtype, numbers]) => sampleOf([shape], dtype, (given) => build(first(given), numbers)))

const permuted = (rank: number, numbers: readonly number[]): readonly number[] =>
  Array.from({ length: rank }, (_, axis) => axis).toSorted(
    (a, b) => (numbers[a] ?? 0) - (numbers[b] ?? 0) || a - b,
  )

/** A constant or an input that is a result as it is. */
export const leafSamples = (isConstant: boolean): Samples =>
  fc
    .tuple(awkwardShapes(), anyDtype)
    .chain(([shape, dtype]) => operandOf(shape, dtype))
    .map((operand) => ({ operands: [{ ...operand, isConstant }], build: first }))

export const iotaSamples: Samples = fc
  .tuple(
    awkwardShapes().filter(({ length }) => length > 0),
    anyDtype,
    fc.nat(5),
  )
  .map(([shape, dtype, n]) => ({
    operands: [],
    build: () => iota([...shape], n % shape.length, dtype),
  }))

export const reshapeSamples: Samples = shaped(
  (x, [n = 0]) => {
    const { shape } = x
    if (n % 3 === 0) return reshape(x, [-1, ...(shape.includes(0) ? shape.slice(1) : [])])
    return reshape(x, n % 3 === 1 ? shape.toReversed() : [1, ...shape, 1])
  },
  awkwardShapes().filter((shape) => !shape.includes(0)),
)

export const transposeSamples: Samples = shaped((x, numbers) =>
  transpose(x, permuted(x.shape.length, numbers)),
)

export const broadcastSamples: Samples = fc
  .tuple(awkwardShapes(20_000), anyDtype, fc.nat(15), fc.array(smallSize, { maxLength: 2 }))
  .chain(([shape, dtype, mask, leading]) =>
    sampleOf([shape.map((size, axis) => ((mask >> axis) % 2 === 1 ? 1 : size))], dtype, (given) =>
      broadcastTo(first(given), [...leading, ...shape]),
    ),
  )

export const sliceSamples: Samples = shaped((x, numbers) =>
  slice(
    x,
    ...x.shape.map((size, axis) => {
      const [from = 0, cut = 0, step = 0] = [numbers[axis], numbers[axis + 4], numbers[axis + 8]]
      return [Math.min(from % 4, size), Math.max(size - (cut % 4), 0), 1 + (step % 3)] as const
    }),
  ),
)

export const concatSamples: Samples = fc
  .tuple(
    awkwardShapes(20_000).filter(({ length }) => length > 0),
    anyDtype,
    fc.nat(5),
    fc.array(smallSize, { minLength: 1, maxLength: 3 }),
  )
  .chain(([shape, dtype, n, others]) => {
    const along = n % shape.length
    const shapes = [shape, ...others.map((size) => shape.map((own, axis) => (axis === along ? size : own)))]
    return sampleOf(shapes, dtype, (given) => concatenate([first(given), ...given.slice(1)], along))
  })
