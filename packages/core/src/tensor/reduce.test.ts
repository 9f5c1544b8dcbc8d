import {
  argmax,
  full,
  iota,
  max,
  mean,
  min,
  mul,
  sum,
  tensor,
  toArray,
  toNested,
  toNumber,
  transpose,
  zeros,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents, contentsOf, coordinates, reader, worstError } from './coordinates.arbitrary.ts'
import { shapeArbitrary } from './shape.arbitrary.ts'
import { dtypeArbitrary, gridArbitrary, largeTensorArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

/** For each index of the result with its axes kept, the elements of `x` reduced to it, in row-major order. */
function groups(x: AnyTensor, axes: readonly number[]): number[][] {
  const read = reader(x)
  const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
  const along = coordinates(x.shape.map((size, axis) => (axes.includes(axis) ? size : 1)))
  return coordinates(kept).map((index) =>
    along.map((offset) => read(index.map((at, axis) => at + (offset[axis] ?? 0)))),
  )
}

const largest = (values: readonly number[]) =>
  values.reduce((best, value) =>
    Number.isNaN(best) || Number.isNaN(value) ? Number.NaN : Math.max(best, value),
  )

const smallest = (values: readonly number[]) => -largest(values.map((value) => -value))

const total = (values: readonly number[]) => values.reduce((result, value) => result + value, 0)

const nonEmpty = (shape: readonly number[], axes: readonly number[]) =>
  shape.map((size, axis) => (axes.includes(axis) ? Math.max(1, size) : size))

const reductionArbitrary = shapeArbitrary().chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    axes: fc
      .subarray(shape.map((_, axis) => axis))
      .chain((axes) => fc.shuffledSubarray(axes, { minLength: axes.length })),
    negative: fc.boolean(),
    keepDims: fc.boolean(),
    dtype: dtypeArbitrary,
  }),
)

const resultShape = (shape: readonly number[], axes: readonly number[], keepDims: boolean) =>
  keepDims
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis))

describe('reductions over any axes', () => {
  test('sum', () => {
    fc.assert(
      fc.property(
        reductionArbitrary.chain((reduction) =>
          fc.record({
            reduction: fc.constant(reduction),
            x: tensorArbitrary(
              reduction.shape,
              reduction.dtype,
              reduction.dtype === 'int32' ? fc.integer() : gridArbitrary,
            ),
          }),
        ),
        ({ reduction: { axes, negative, keepDims, shape, dtype }, x }) => {
          const named = negative ? axes.map((axis) => axis - shape.length) : axes
          expect(contents(sum(x, { axes: named, keepDims }))).toEqual(
            contentsOf(dtype, resultShape(shape, axes, keepDims), groups(x, axes).map(total)),
          )
        },
      ),
    )
  })

  test('max and min, NaN and infinities included', () => {
    fc.assert(
      fc.property(
        reductionArbitrary.chain((reduction) => {
          const shape = nonEmpty(reduction.shape, reduction.axes)
          return fc.record({
            reduction: fc.constant({ ...reduction, shape }),
            x: tensorArbitrary(shape, reduction.dtype),
          })
        }),
        ({ reduction: { axes, keepDims, shape, dtype }, x }) => {
          const result = resultShape(shape, axes, keepDims)
          const all = groups(x, axes)
          expect(contents(max(x, { axes, keepDims }))).toEqual(contentsOf(dtype, result, all.map(largest)))
          expect(contents(min(x, { axes, keepDims }))).toEqual(contentsOf(dtype, result, all.map(smallest)))
        },
      ),
    )
  })

  test('mean', () => {
    fc.assert(
      fc.property(
        reductionArbitrary.chain(({ shape, axes }) =>
          tensorArbitrary(shape, 'float64', gridArbitrary).map((x) => ({ x, axes })),
        ),
        ({ x, axes }) => {
          const expected = groups(x, axes).map((values) => total(values) / values.length)
          expect(contents(mean(x, { axes }))).toEqual(
            contentsOf('float64', resultShape(x.shape, axes, false), expected),
          )
        },
      ),
    )
  })

  test('argmax is the first of the largest, NaN counting as largest', () => {
    fc.assert(
      fc.property(
        shapeArbitrary({ minRank: 1 }).chain((sizes) =>
          fc.tuple(fc.nat(sizes.length - 1), dtypeArbitrary).chain(([axis, dtype]) =>
            fc.record({
              axis: fc.constant(axis),
              x: tensorArbitrary(
                nonEmpty(sizes, [axis]),
                dtype,
                fc.constantFrom(-1, 0, -0, 1, 2, ...(dtype === 'int32' ? [] : [Number.NaN, Infinity])),
              ),
            }),
          ),
        ),
        ({ axis, x }) => {
          const expected = groups(x, [axis]).map((values) => {
            const nan = values.findIndex((value) => Number.isNaN(value))
            return nan >= 0 ? nan : values.indexOf(largest(values))
          })
          const shape = resultShape(x.shape, [axis], false)
          expect(contents(argmax(x, axis))).toEqual(contentsOf('int32', shape, expected))
          expect(contents(argmax(x, axis - x.shape.length))).toEqual(contentsOf('int32', shape, expected))
        },
      ),
    )
  })
})

describe('sums of many numbers', () => {
  test('of float32 are as good as float64 rounded once', () => {
    const x = full([1 << 20], 0.1)
    const exact = Math.fround(0.1) * (1 << 20)
    expect(toNumber(sum(x))).toBe(Math.fround(exact))
    expect(toNumber(sum(full([1 << 10, 1 << 10], 0.1), { axes: [0, 1] }))).toBe(Math.fround(exact))
  })

  test('of float64 do not accumulate error', () => {
    const count = 1 << 20
    const sums = [sum(full([count], 0.1, 'float64')), sum(full([count, 2], 0.1, 'float64'), { axes: 0 })]
    for (const one of sums)
      for (const value of toArray(one)) expect(Math.abs(value / (0.1 * count) - 1)).toBeLessThan(1e-12)
  })

  test('of int32 wrap exactly, however many there are', () => {
    const count = (1 << 22) + 3
    const highest = full([count], 2 ** 31 - 1, 'int32')
    expect(toNumber(sum(highest))).toBe(Number(BigInt.asIntN(32, BigInt(count) * (2n ** 31n - 1n))))
  })

  test.each([
    [1, 129],
    [127, 1],
    [128, 3],
    [129, 5],
    [257, 2],
    [1000, 7],
  ])('rows and columns of [%i, %i], also in one block and a bit more', (rows, columns) => {
    fc.assert(
      fc.property(
        fc.constantFrom('float32', 'float64').chain((dtype) => largeTensorArbitrary([rows, columns], dtype)),
        (x) => {
          for (const axes of [[0], [1], [0, 1]])
            expect(worstError(sum(x, { axes }), groups(x, axes).map(total))).toBeLessThan(1e-7)
          expect(worstError(sum(transpose(x), { axes: 1 }), groups(x, [0]).map(total))).toBeLessThan(1e-7)
        },
      ),
      { numRuns: 5 },
    )
  })
})

test('nothing to add is 0, nothing to average is NaN', () => {
  expect(toNested(sum(zeros([0, 2]), { axes: 0 }))).toEqual([0, 0])
  expect(toNumber(sum(zeros([3, 0])))).toBe(0)
  expect(toNumber(mean(zeros([0])))).toBeNaN()
})

test('a reduction over no axes is the tensor itself', () => {
  const x = tensor([1, 2])
  expect(sum(x, { axes: [] })).toBe(x)
  expect(max(tensor(3))).toEqual(tensor(3))
})

test.each<[string, () => AnyTensor]>([
  ['sum: a tensor of rank 2 has no axis 2', () => sum(zeros([2, 3]), { axes: 2 })],
  ['sum: a tensor of rank 2 has no axis -3', () => sum(zeros([2, 3]), { axes: -3 })],
  ['sum: a tensor of rank 2 has no axis 0.5', () => sum(zeros([2, 3]), { axes: 0.5 })],
  ['sum: axis 1 is named twice', () => sum(zeros([2, 3]), { axes: [1, -1] })],
  ['max: [2, 0] has nothing to reduce along an axis of size 0', () => max(zeros([2, 0]), { axes: 1 })],
  ['min: [0] has nothing to reduce along an axis of size 0', () => min(zeros([0]))],
  ['argmax: [0, 2] has no element along axis 0', () => argmax(zeros([0, 2]), 0)],
  ['argmax: a tensor of rank 0 has no axis -1', () => argmax(tensor(1))],
  [
    'mean: takes float32 or float64, not int32; convert with cast',
    () => mean(iota([2]) as unknown as Tensor),
  ],
])('%s', (sentence, build) => {
  expect(build).toThrow(expect.objectContaining({ message: sentence }))
})

test('max over another axis than the empty one is empty', () => {
  expect(max(zeros([0, 3]), { axes: 1 }).shape).toEqual([0])
  expect(toArray(argmax(zeros([0, 3]), 1))).toHaveLength(0)
})

test('types: all axes give a scalar', () => {
  const x = mul(full([2, 3], 2), 1)
  expectTypeOf(sum(x).shape).toEqualTypeOf<readonly []>()
  expect(toNumber(sum(x))).toBe(12)
})
