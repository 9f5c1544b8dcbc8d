import { argmax, matmul, type AnyTensor, type ReductionOptions, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { awkwardShapes, productSizes } from './awkwardShapes.ts'
import { anyDtype, floatDtype, operandAt, sampleOf, type PrimitiveSample } from './primitiveSample.ts'

type Samples = fc.Arbitrary<PrimitiveSample>

/** Also shapes with so long an axis that float32 sums are not accumulated naively. */
const shapes = fc.oneof(
  {
    weight: 12,
    arbitrary: awkwardShapes(),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<(readonly number[])[]>([1000], [1025], [4097, 3], [2, 4999], [33, 1001]),
  },
)

/** Samples of a reduction over some of the axes, and whether there may be nothing to reduce. */
export const reductionSamples = (
  reduce: (x: Tensor, options: ReductionOptions) => AnyTensor,
  { ofNothing }: { readonly ofNothing: boolean },
): Samples =>
  fc
    .tuple(shapes, anyDtype, fc.integer({ min: 1, max: 15 }))
    .filter(([shape]) => shape.length > 0 && (ofNothing || !shape.includes(0)))
    .chain(([shape, dtype, mask]) => {
      const some = shape.flatMap((_, axis) => ((mask >> axis) % 2 === 1 ? [axis] : []))
      const axes = some.length === 0 ? [0] : some
      return sampleOf([shape], dtype, (given) => reduce(operandAt(given, 0), { axes }))
    })

export const argmaxSamples: Samples = fc
  .tuple(shapes, anyDtype, fc.nat(5))
  .filter(([shape]) => shape.length > 0 && !shape.includes(0))
  .chain(([shape, dtype, n]) =>
    sampleOf([shape], dtype, (given) => argmax(operandAt(given, 0), n % shape.length)),
  )

const batches = fc.constantFrom<(readonly [a: readonly number[], b: readonly number[]])[]>(
  [[], []],
  [[2], [2]],
  [[3], []],
  [[], [2]],
  [[2, 1], [3]],
  [[0], [1]],
)

/** Matrix products of any transposes, batches of them, and of a matrix with every one of a batch. */
export const matmulSamples: Samples = fc
  .tuple(
    productSizes,
    fc.oneof({ weight: 3, arbitrary: fc.constant([[], []] as const) }, { weight: 1, arbitrary: batches }),
    floatDtype,
    fc.boolean(),
    fc.boolean(),
  )
  .chain(([[m, k, n], [batchA, batchB], dtype, transposeA, transposeB]) =>
    sampleOf(
      [
        [...batchA, ...(transposeA ? [k, m] : [m, k])],
        [...batchB, ...(transposeB ? [n, k] : [k, n])],
      ],
      dtype,
      (given) => matmul(operandAt(given, 0), operandAt(given, 1), { transposeA, transposeB }),
    ),
  )
