import {
  add,
  broadcastTo,
  concatenate,
  neg,
  reshape,
  slice,
  tensor,
  toArray,
  transpose,
  zeros,
  type AnyTensor,
  type Tensor,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { contents, contentsOf, coordinates, reader } from './coordinates.arbitrary.ts'
import { broadcastShapesArbitrary, shapeArbitrary } from './shape.arbitrary.ts'
import { dtypeArbitrary, largeTensorArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

const tensors = fc
  .tuple(shapeArbitrary(), dtypeArbitrary)
  .chain(([shape, dtype]) => tensorArbitrary(shape, dtype))

describe('reshape', () => {
  test('keeps elements in row-major order', () => {
    fc.assert(
      fc.property(tensors, fc.nat(5), (x, position) => {
        const values = Array.from(toArray(x))
        expect(contents(reshape(x, [values.length]))).toEqual(contentsOf(x.dtype, [values.length], values))
        const reversed = x.shape.toReversed()
        expect(contents(reshape(x, reversed))).toEqual(contentsOf(x.dtype, reversed, values))
        const mayBeOpen = x.shape.length > 0 && !x.shape.includes(0)
        const open = mayBeOpen ? x.shape.with(position % x.shape.length, -1) : x.shape
        expect(contents(reshape(x, open))).toEqual(contents(x))
      }),
    )
  })

  test('one size may be left open where zeros do not leave it undecided', () => {
    expect(reshape(zeros([0, 3]), [-1, 3]).shape).toEqual([0, 3])
    expect(reshape(zeros([2, 0]), [5, -1]).shape).toEqual([5, 0])
    expect(reshape(tensor(1), [-1]).shape).toEqual([1])
  })
})

describe('transpose', () => {
  test('moves every element', () => {
    fc.assert(
      fc.property(
        tensors.chain((x) =>
          fc.record({
            x: fc.constant(x),
            order: fc.shuffledSubarray(
              x.shape.map((_, axis) => axis),
              { minLength: x.shape.length },
            ),
            negative: fc.boolean(),
          }),
        ),
        ({ x, order, negative }) => {
          const read = reader(x)
          const shape = order.map((axis) => x.shape[axis] ?? 0)
          const expected = coordinates(shape).map((index) =>
            read(x.shape.map((_, axis) => index[order.indexOf(axis)] ?? 0)),
          )
          const named = negative ? order.map((axis) => axis - order.length) : order
          expect(contents(transpose(x, named))).toEqual(contentsOf(x.dtype, shape, expected))
          expect(contents(transpose(x))).toEqual(
            contents(transpose(x, x.shape.map((_, axis) => axis).toReversed())),
          )
        },
      ),
    )
  })

  test('matrices larger than the squares they are copied in', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.constantFrom(1, 15, 16, 17, 40), fc.constantFrom(1, 15, 16, 33), fc.constantFrom(1, 3))
          .chain((shape) => largeTensorArbitrary(shape, 'float32')),
        (x) => {
          const read = reader(x)
          const [rows, columns, depth] = x.shape
          expect(contents(transpose(x, [1, 0, 2]))).toEqual(
            contentsOf(
              'float32',
              [columns, rows, depth],
              coordinates([columns, rows, depth]).map(([j = 0, i = 0, k = 0]) => read([i, j, k])),
            ),
          )
          expect(contents(transpose(x))).toEqual(
            contentsOf(
              'float32',
              [depth, columns, rows],
              coordinates([depth, columns, rows]).map(([k = 0, j = 0, i = 0]) => read([i, j, k])),
            ),
          )
        },
      ),
    )
  })
})

describe('broadcastTo', () => {
  test('repeats in every pattern, and the repeated is read right by what follows', () => {
    fc.assert(
      fc.property(
        broadcastShapesArbitrary(2).chain(({ shape, operands: [small = []] }) =>
          fc.tuple(fc.constant(shape), tensorArbitrary(small, 'float64')),
        ),
        ([shape, x]) => {
          const values = coordinates(shape).map(reader(x))
          const y = broadcastTo(x, shape)
          expect(contents(y)).toEqual(contentsOf('float64', shape, values))
          expect(contents(neg(y))).toEqual(
            contentsOf(
              'float64',
              shape,
              values.map((value) => -value),
            ),
          )
          expect(contents(transpose(add(y, neg(y))))).toEqual(contents(add(transpose(y), transpose(neg(y)))))
          const count = values.length
          expect(contents(reshape(y, [count]))).toEqual(contentsOf('float64', [count], values))
          const twice = shape.length < 6 ? [2, ...shape] : shape
          expect(contents(broadcastTo(y, twice))).toEqual(
            contentsOf('float64', twice, shape.length < 6 ? [...values, ...values] : values),
          )
        },
      ),
    )
  })
})

describe('slice', () => {
  const bound = fc.integer({ min: -6, max: 6 })

  test('takes what the bounds and steps say, as Python does', () => {
    fc.assert(
      fc.property(
        tensors.chain((x) =>
          fc.record({
            x: fc.constant(x),
            ranges: fc.array(fc.tuple(bound, bound, fc.integer({ min: 1, max: 3 })), {
              maxLength: x.shape.length,
            }),
          }),
        ),
        ({ x, ranges }) => {
          const read = reader(x)
          const taken = x.shape.map((size, axis) => {
            const [start, stop, step] = ranges[axis] ?? [0, size, 1]
            const from = start < 0 ? Math.max(0, size + start) : start
            const to = stop < 0 ? size + stop : Math.min(stop, size)
            const positions: number[] = []
            for (let position = from; position < to; position += step) positions.push(position)
            return positions
          })
          const shape = taken.map((positions) => positions.length)
          const expected = coordinates(shape).map((index) =>
            read(index.map((position, axis) => taken[axis]?.[position] ?? Number.NaN)),
          )
          expect(contents(slice(x, ...ranges))).toEqual(contentsOf(x.dtype, shape, expected))
        },
      ),
    )
  })

  test('the whole is the tensor itself', () => {
    const x = tensor([1, 2, 3])
    expect(slice(x)).toBe(x)
    expect(slice(x, [0, 9])).toBe(x)
  })
})

describe('concatenate', () => {
  test('joins along any axis', () => {
    fc.assert(
      fc.property(
        fc
          .record({
            shape: shapeArbitrary({ minRank: 1 }),
            dtype: dtypeArbitrary,
            position: fc.nat(5),
            sizes: fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }),
          })
          .chain(({ shape, dtype, position, sizes }) => {
            const axis = position % shape.length
            return fc.record({
              axis: fc.constant(axis),
              parts: fc.tuple(...sizes.map((size) => tensorArbitrary(shape.with(axis, size), dtype))),
            })
          }),
        ({ axis, parts }) => {
          const [first] = parts
          if (first === undefined) return
          const total = parts.reduce((sum, part) => sum + (part.shape[axis] ?? 0), 0)
          const shape = first.shape.with(axis, total)
          const owners = parts.flatMap((part) =>
            Array.from({ length: part.shape[axis] ?? 0 }, (_, position) => ({
              read: reader(part),
              position,
            })),
          )
          const expected = coordinates(shape).map((index) => {
            const owner = owners[index[axis] ?? 0]
            return owner?.read(index.with(axis, owner.position)) ?? Number.NaN
          })
          expect(contents(concatenate(parts, axis))).toEqual(contentsOf(first.dtype, shape, expected))
          expect(contents(concatenate(parts, axis - shape.length))).toEqual(
            contents(concatenate(parts, axis)),
          )
        },
      ),
    )
  })
})

const other = tensor([1], 'float64') as unknown as Tensor

test.each<[string, () => AnyTensor]>([
  ['reshape: [2, 3] has 6 elements, which do not fill [4]', () => reshape(zeros([2, 3]), [4])],
  ['reshape: [2, 3] has 6 elements, which do not fill [4, -1]', () => reshape(zeros([2, 3]), [4, -1])],
  ['reshape: [2, 3] has 6 elements, which do not fill [0, -1]', () => reshape(zeros([2, 3]), [0, -1])],
  ['reshape: [0, 3] has 0 elements, which do not fill [0, -1]', () => reshape(zeros([0, 3]), [0, -1])],
  ['reshape: only one size may be -1, but [-1, -1] has 2', () => reshape(zeros([4]), [-1, -1])],
  ['reshape: [-2, -3] is not a shape: -2 is not a non-negative integer', () => reshape(zeros([6]), [-2, -3])],
  [
    'reshape: [1.5, 4] is not a shape: 1.5 is not a non-negative integer',
    () => reshape(zeros([6]), [1.5, 4]),
  ],
  ['transpose: [0] does not name each of the 2 axes once', () => transpose(zeros([2, 3]), [0])],
  ['transpose: [0, 0] does not name each of the 2 axes once', () => transpose(zeros([2, 3]), [0, 0])],
  ['transpose: a tensor of rank 2 has no axis 2', () => transpose(zeros([2, 3]), [0, 2])],
  ['broadcastTo: [2] does not broadcast to [3]', () => broadcastTo(zeros([2]), [3])],
  ['broadcastTo: [2, 1] does not broadcast to [1]', () => broadcastTo(zeros([2, 1]), [1])],
  ['slice: a tensor of rank 1 takes at most as many ranges, not 2', () => slice(zeros([2]), [0, 1], [0, 1])],
  ['slice: 0.5 is not an integer', () => slice(zeros([2]), [0.5, 1])],
  ['slice: every step must be at least 1, not [0]', () => slice(zeros([2]), [0, 1, 0])],
  ['concatenate: takes at least one tensor', () => concatenate([])],
  [
    'concatenate: [2, 3] and [2, 4] differ in more than axis 0',
    () => concatenate([zeros([2, 3]), zeros([2, 4])]),
  ],
  ['concatenate: [2] and [2, 1] differ in more than axis 0', () => concatenate([zeros([2]), zeros([2, 1])])],
  [
    'concatenate: float32 and float64 do not mix; convert one of them with cast',
    () => concatenate([zeros([1]) as Tensor, other]),
  ],
  ['concatenate: a tensor of rank 0 has no axis 0', () => concatenate([tensor(1)])],
])('%s', (sentence, build) => {
  expect(build).toThrow(expect.objectContaining({ message: sentence }))
})

test('types: reshape and broadcastTo give the shape they are given', () => {
  const x = zeros([2, 3])
  expectTypeOf(reshape(x, [6])).toEqualTypeOf<Tensor<readonly [6], 'float32'>>()
  expectTypeOf(reshape(x, [-1])).toEqualTypeOf<Tensor<readonly (number | string)[], 'float32'>>()
  expectTypeOf(broadcastTo(x, [4, 2, 3])).toEqualTypeOf<Tensor<readonly [4, 2, 3], 'float32'>>()
  expect(broadcastTo(x, [4, 2, 3]).shape).toEqual([4, 2, 3])
})
