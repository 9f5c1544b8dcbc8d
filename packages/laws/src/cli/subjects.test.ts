import { affine, relu } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { subjectsOf } from './subjects.ts'

it('finds layers in every form', () => {
  const arbitrary = fc.integer({ min: 1, max: 3 }).map((size) => affine(size, 2))
  const { subjects, skipped } = subjectsOf({
    arbitrary,
    made: relu,
    recorded: { layer: relu(), options: { rows: 'rowwise' } },
    configured: { layer: relu(), takes: ['N', 3], mode: 'predict' },
    value: affine(2, 3),
    wrapped: () => ({ layer: arbitrary, rows: 'coupled' }),
  })
  expect(subjects.map(({ name, options }) => [name, options])).toEqual([
    ['arbitrary', {}],
    ['made', {}],
    ['recorded', { rows: 'rowwise' }],
    ['configured', { takes: ['N', 3], mode: 'predict' }],
    ['value', {}],
    ['wrapped', { rows: 'coupled' }],
  ])
  expect(skipped).toEqual([])
})

it('says why an export is none', () => {
  const exports = {
    affine,
    number: 3,
    nothing: () => undefined,
    broken: () => {
      throw new RangeError('affine: inputs must be a positive integer\nat ...')
    },
  }
  expect(subjectsOf(exports)).toEqual({
    subjects: [],
    skipped: [
      'affine takes arguments: export layers made by it, or an arbitrary of them',
      'number is no layer',
      'nothing() gives no layer',
      'broken() throws: affine: inputs must be a positive integer',
    ],
  })
})
