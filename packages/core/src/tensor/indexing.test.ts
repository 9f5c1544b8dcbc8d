import {
  gather,
  mul,
  oneHot,
  scatterAdd,
  sum,
  tensor,
  toArray,
  toNested,
  toNumber,
  zeros,
} from '@pullback/core'
import type { AnyTensor, Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contents, contentsOf, coordinates, reader } from './coordinates.arbitrary.ts'
import { shapeArbitrary } from './shape.arbitrary.ts'
import { dtypeArbitrary, gridArbitrary, tensorArbitrary } from './tensor.arbitrary.ts'

/** A shape with one of its axes, which is not empty. */
const axisArbitrary = shapeArbitrary({ minRank: 1, maxRank: 4 }).chain((shape) =>
  fc.nat(shape.length - 1).map((axis) => ({ axis, shape: shape.with(axis, Math.max(1, shape[axis] ?? 1)) })),
)

const indicesArbitrary = (shape: readonly number[], size: number) =>
  tensorArbitrary(shape, 'int32', fc.nat(size - 1))

describe('gather', () => {
  test('takes the named slices', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(axisArbitrary, dtypeArbitrary, shapeArbitrary({ maxRank: 2 }))
          .chain(([{ axis, shape }, dtype, named]) =>
            fc.record({
              axis: fc.constant(axis),
              x: tensorArbitrary(shape, dtype),
              indices: indicesArbitrary(named, shape[axis] ?? 1),
            }),
          ),
        ({ axis, x, indices }) => {
          const [read, nameAt] = [reader(x), reader(indices)]
          const after = axis + indices.shape.length
          const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)]
          const expected = coordinates(shape).map((index) =>
            read([...index.slice(0, axis), nameAt(index.slice(axis, after)), ...index.slice(after)]),
          )
          expect(contents(gather(x, indices, axis))).toEqual(contentsOf(x.dtype, shape, expected))
          expect(contents(gather(x, indices, axis - x.shape.length))).toEqual(
            contents(gather(x, indices, axis)),
          )
        },
      ),
    )
  })
})

describe('scatterAdd', () => {
  const scattered = fc
    .tuple(axisArbitrary, dtypeArbitrary, fc.integer({ min: 1, max: 5 }))
    .chain(([{ axis, shape }, dtype, size]) =>
      fc.record({
        axis: fc.constant(axis),
        size: fc.constant(size),
        x: tensorArbitrary(shape, dtype, dtype === 'int32' ? fc.integer() : gridArbitrary),
        indices: indicesArbitrary([shape[axis] ?? 1], size),
      }),
    )

  test('adds every slice where it belongs', () => {
    fc.assert(
      fc.property(scattered, ({ axis, size, x, indices }) => {
        const [read, nameAt] = [reader(x), reader(indices)]
        const shape = x.shape.with(axis, size)
        const expected = coordinates(shape).map((index) => {
          let total = 0
          for (let from = 0; from < (x.shape[axis] ?? 0); from++)
            if (nameAt([from]) === index[axis]) total += read(index.with(axis, from))
          return total
        })
        expect(contents(scatterAdd(x, indices, size, axis))).toEqual(contentsOf(x.dtype, shape, expected))
      }),
    )
  })

  test('is the transpose of gather: <scatterAdd(x), y> = <x, gather(y)>', () => {
    fc.assert(
      fc.property(
        scattered
          .filter(({ x }) => x.dtype === 'float64')
          .chain(({ x, ...rest }) =>
            fc.record({
              x: fc.constant(x),
              y: tensorArbitrary(x.shape.with(rest.axis, rest.size), 'float64', gridArbitrary),
              rest: fc.constant(rest),
            }),
          ),
        ({ x, y, rest: { axis, size, indices } }) => {
          expect(toNumber(sum(mul(scatterAdd(x, indices, size, axis), y)))).toBe(
            toNumber(sum(mul(x, gather(y, indices, axis)))),
          )
        },
      ),
    )
  })

  test('of many float32 adds up in float64', () => {
    const count = 1 << 16
    const x = tensor(Array.from({ length: count }, () => 0.1))
    const indices = tensor(
      Array.from({ length: count }, () => 0),
      'int32',
    )
    expect(toArray(scatterAdd(x, indices, 1))[0]).toBe(Math.fround(Math.fround(0.1) * count))
  })

  test('of nothing gives zeros, of any size', () => {
    expect(toNested(scatterAdd(zeros([0]), zeros([0], 'int32'), 2))).toEqual([0, 0])
    expect(toNested(scatterAdd(zeros([0]), zeros([0], 'int32'), 0))).toEqual([])
  })
})

describe('oneHot', () => {
  test('has a 1 where the index says', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(shapeArbitrary({ maxRank: 5 }), fc.integer({ min: 1, max: 4 }))
          .chain(([shape, depth]) => fc.tuple(indicesArbitrary(shape, depth), fc.constant(depth))),
        dtypeArbitrary,
        ([indices, depth], dtype) => {
          const nameAt = reader(indices)
          const shape = [...indices.shape, depth]
          const expected = coordinates(shape).map((index) =>
            nameAt(index.slice(0, -1)) === index.at(-1) ? 1 : 0,
          )
          expect(contents(oneHot(indices, depth, dtype))).toEqual(contentsOf(dtype, shape, expected))
        },
      ),
    )
  })

  test('of nothing may have no depth', () => {
    expect(toNested(oneHot(zeros([0], 'int32'), 0))).toEqual([])
  })

  test.each([-1, 3])('refuses index %i of a depth of 3', (index) => {
    expect(() => toArray(oneHot(tensor([0, index], 'int32'), 3))).toThrow(
      new RangeError(`oneHot: index ${index} at position 1 is outside an axis of size 3`),
    )
  })
})

const floats = zeros([2]) as unknown as Tensor<readonly [2], 'int32'>

test.each<[string, () => AnyTensor]>([
  ['gather: indices must be int32, not float32', () => gather(zeros([3]), floats)],
  ['scatterAdd: indices must be int32, not float32', () => scatterAdd(zeros([2]), floats, 3)],
  ['oneHot: indices must be int32, not float32', () => oneHot(floats, 3)],
  ['gather: a tensor of rank 0 has no axis 0', () => gather(tensor(1), zeros([1], 'int32'))],
  [
    'gather: a shape has at most 6 dimensions, not 7',
    () => gather(zeros([1, 1, 1, 1, 1]), zeros([1, 1, 1], 'int32')),
  ],
  [
    'scatterAdd: [2, 3] along axis 1 takes indices [3], not [2]',
    () => scatterAdd(zeros([2, 3]), zeros([2], 'int32'), 4, 1),
  ],
  [
    'scatterAdd: [-1] is not a shape: -1 is not a non-negative integer',
    () => scatterAdd(zeros([2]), zeros([2], 'int32'), -1),
  ],
  [
    'oneHot: [2, 1.5] is not a shape: 1.5 is not a non-negative integer',
    () => oneHot(zeros([2], 'int32'), 1.5),
  ],
])('%s', (sentence, build) => {
  expect(build).toThrow(expect.objectContaining({ message: sentence }))
})
