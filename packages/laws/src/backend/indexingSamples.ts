import {
  fold,
  gather,
  oneHot,
  randomBits,
  randomNormal,
  randomUniform,
  scatterAdd,
  type AnyTensor,
  type Shape,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardShapes, awkwardSize, smallSize } from './awkwardShapes.ts'
import {
  anyDtype,
  floatDtype,
  indicesOf,
  operandOf,
  type Operand,
  type PrimitiveSample,
} from './primitiveSample.ts'

type Samples = fc.Arbitrary<PrimitiveSample>
type Int32 = Tensor<Shape, 'int32'>

const indexShapes = fc.oneof(
  awkwardSize.map((size): readonly number[] => [size]),
  fc.array(smallSize, { maxLength: 2 }),
)

const ofAxis = fc
  .tuple(
    awkwardShapes(20_000).filter((shape) => shape.length > 0),
    anyDtype,
    fc.nat(5),
  )
  .map(([shape, dtype, n]) => ({ shape, dtype, axis: n % shape.length }))

export const gatherSamples: Samples = fc
  .tuple(ofAxis, indexShapes)
  .chain(([{ shape, dtype, axis }, wanted]) => {
    const size = shape[axis] ?? 0
    const indexShape = size === 0 ? [0] : wanted
    return fc.tuple(operandOf(shape, dtype), indicesOf(indexShape, size)).map((operands) => ({
      operands,
      build: ([x, indices]: readonly AnyTensor[]) => gather(x as Tensor, indices as Int32, axis),
    }))
  })

export const scatterAddSamples: Samples = fc
  .tuple(ofAxis, fc.integer({ min: 1, max: 9 }))
  .chain(([{ shape, dtype, axis }, size]) =>
    fc.tuple(operandOf(shape, dtype), indicesOf([shape[axis] ?? 0], size)).map((operands) => ({
      operands,
      build: ([x, indices]: readonly AnyTensor[]) => scatterAdd(x as Tensor, indices as Int32, size, axis),
    })),
  )

export const oneHotSamples: Samples = fc
  .tuple(indexShapes, awkwardSize, anyDtype)
  .chain(([shape, depth, dtype]) =>
    indicesOf(shape, depth).map((indices) => ({
      operands: [indices],
      build: ([given]: readonly AnyTensor[]) => oneHot(given as Int32, depth, dtype),
    })),
  )

const keyOf = (words: readonly number[]): Operand => ({
  shape: [2],
  dtype: 'int32',
  values: Int32Array.from(words),
  isConstant: false,
})

/** Draws of any distribution, of a key that is given and a stream that may be. */
export const randomSamples: Samples = fc
  .tuple(
    awkwardShapes(),
    floatDtype,
    fc.constantFrom('uniform', 'normal', 'bits'),
    fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { minLength: 2, maxLength: 2 }),
    fc.constantFrom('none', 'fixed', 'given'),
    fc.integer({ min: 0, max: 1000 }),
  )
  .map(([shape, dtype, distribution, words, stream, data]) => ({
    operands: [keyOf(words), { shape: [], dtype: 'int32', values: Int32Array.of(data), isConstant: false }],
    build: ([given, data32]) => {
      const key = given as Int32
      const own = stream === 'none' ? key : fold(key, stream === 'fixed' ? data : (data32 as Int32))
      if (distribution === 'bits') return randomBits(own, [...shape, 2])
      return distribution === 'normal' ? randomNormal(own, shape, dtype) : randomUniform(own, shape, dtype)
    },
  }))
