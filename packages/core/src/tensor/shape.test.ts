import { elementCount, showShape } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { coordinates } from './coordinates.arbitrary.ts'
import { broadcastShapesArbitrary, shapeArbitrary } from './shape.arbitrary.ts'
import { broadcastSizes, equalShapes, normalizeAxes, stridesOf } from './shape.ts'

test('strides count the elements between neighbours', () => {
  fc.assert(
    fc.property(shapeArbitrary(), (shape) => {
      const strides = stridesOf(shape)
      const positions = coordinates(shape).map((index) =>
        index.reduce((position, at, axis) => position + at * (strides[axis] ?? 0), 0),
      )
      expect(positions).toEqual(Array.from({ length: elementCount(shape) }, (_, position) => position))
    }),
  )
})

describe('broadcasting', () => {
  test('finds the shape that both operands were cut from', () => {
    fc.assert(
      fc.property(broadcastShapesArbitrary(2), ({ shape, operands: [a = [], b = []] }) => {
        expect(broadcastSizes('test', a, b)).toEqual(shape)
        expect(broadcastSizes('test', b, a)).toEqual(shape)
      }),
    )
  })

  test('a size of 0 goes with 1 alone', () => {
    expect(broadcastSizes('test', [0], [1])).toEqual([0])
    expect(() => broadcastSizes('test', [0], [2])).toThrow('test: [0] and [2] do not broadcast to one shape')
  })
})

test('equal shapes have equal sizes and ranks, names included', () => {
  expect(equalShapes(['N', 2], ['N', 2])).toBe(true)
  expect(equalShapes(['N', 2], ['M', 2])).toBe(false)
  expect(equalShapes([2], [2, 1])).toBe(false)
  expect(equalShapes([], [])).toBe(true)
})

test('shapes are shown with their names', () => {
  expect([[], ['N', 50], [3]].map(showShape)).toEqual(['[]', '[N, 50]', '[3]'])
})

test('axes are counted from either end and come out ascending', () => {
  expect(normalizeAxes('test', undefined, 3)).toEqual([0, 1, 2])
  expect(normalizeAxes('test', -1, 3)).toEqual([2])
  expect(normalizeAxes('test', [-1, 0], 3)).toEqual([0, 2])
})
