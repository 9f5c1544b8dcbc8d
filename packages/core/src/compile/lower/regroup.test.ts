import { elementCount, fromValues, reshape, toArray } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { coordinates } from '../../tensor/coordinates.arbitrary.ts'
import { stridesOf } from '../../tensor/shape.ts'
import { fullAccess, reach } from './access.ts'
import { element } from './element.ts'
import { onlySplits, regroup } from './regroup.ts'

/** A shape, and one of the same elements that its axes are split into, axes of size 1 put in anywhere. */
const splitArbitrary = fc
  .array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 2 }), { maxLength: 3 })
  .chain((groups) =>
    fc.record({
      from: fc.constant(groups.map(elementCount)),
      to: fc.constant(groups.flat()),
      leading: fc.boolean(),
    }),
  )
  .map(({ from, to, leading }) => ({ from, to: leading && to.length < 6 ? [1, ...to] : to }))

test('an access through a shape whose axes are split finds every element', () => {
  fc.assert(
    fc.property(splitArbitrary, ({ from, to }) => {
      const access = regroup(fullAccess(to), from, to, to.length)
      expect(access).toBeDefined()
      const { offset, strides } = reach(access ?? [], stridesOf(from), to.length)
      const positions = coordinates(to).map((index) =>
        index.reduce((sum, position, axis) => sum + position * element(strides, axis), offset),
      )
      const elements = fromValues(
        positions.map((_, position) => position),
        from,
      )
      expect(positions).toEqual(Array.from(toArray(reshape(elements, to))))
    }),
  )
})

test.each<[readonly number[], readonly number[], boolean]>([
  [[6], [2, 3], true],
  [[2, 3], [6], false],
  [[2, 1, 3], [1, 2, 3, 1], true],
  [[4, 3], [2, 6], false],
  [[], [1, 1], true],
  [[0, 3], [3, 0], true],
])('%j as %j only splits axes: %s', (from, to, expected) => {
  expect(onlySplits(from, to)).toBe(expected)
})
