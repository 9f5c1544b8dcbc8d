import { broadcastTo, cast, where, type AnyTensor, type Dtype, type Shape, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardShapes } from './awkwardShapes.ts'
import {
  anyDtype,
  floatDtype,
  operandAt,
  operandOf,
  sampleOf,
  type PrimitiveSample,
} from './primitiveSample.ts'

type Samples = fc.Arbitrary<PrimitiveSample>
type Int32 = Tensor<Shape, 'int32'>

const dtypes = { floats: floatDtype, any: anyDtype } as const

/** Samples of a function of one operand. */
export const unarySamples = (f: (x: Tensor) => AnyTensor, of: keyof typeof dtypes): Samples =>
  fc
    .tuple(awkwardShapes(), dtypes[of])
    .chain(([shape, dtype]) => sampleOf([shape], dtype, (given) => f(operandAt(given, 0))))

/** How the second operand comes to the shape of the first: as it is, or repeated along some axes. */
const spreadings = [
  (shape: readonly number[]) => shape,
  () => [],
  (shape: readonly number[]) => shape.slice(1),
  (shape: readonly number[]) => shape.map((size, axis) => (axis === shape.length - 1 ? 1 : size)),
  (shape: readonly number[]) => shape.map((size, axis) => (axis === 0 ? 1 : size)),
] as const

/** Samples of a function of two operands, either of which may repeat, and which may be one and the same. */
export const binarySamples = (f: (a: Tensor, b: Tensor) => AnyTensor): Samples =>
  fc
    .tuple(
      awkwardShapes(),
      anyDtype,
      fc.constantFrom(...spreadings),
      fc.constantFrom('as they are', 'swapped', 'the same'),
    )
    .chain(([shape, dtype, spread, order]) =>
      sampleOf([shape, spread(shape)], dtype, (given) => {
        const [x, y] = [operandAt(given, 0), broadcastTo(operandAt(given, 1), shape)]
        return order === 'the same' ? f(x, x) : order === 'swapped' ? f(y, x) : f(x, y)
      }),
    )

export const castSamples: Samples = fc
  .tuple(awkwardShapes(), anyDtype, anyDtype)
  .filter(([, from, to]) => from !== to)
  .chain(([shape, from, to]: readonly [readonly number[], Dtype, Dtype]) =>
    sampleOf([shape], from, (given) => cast(operandAt(given, 0), to)),
  )

export const whereSamples: Samples = fc
  .tuple(awkwardShapes(), anyDtype, fc.constantFrom(...spreadings))
  .chain(([shape, dtype, spread]) =>
    fc
      .tuple(operandOf(shape, 'int32'), operandOf(shape, dtype), operandOf(spread(shape), dtype))
      .map((operands) => ({
        operands,
        build: (given: readonly AnyTensor[]) =>
          where(given[0] as Int32, operandAt(given, 1), operandAt(given, 2)),
      })),
  )
