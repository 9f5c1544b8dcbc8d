import {
  expectShape,
  fromValues,
  int32,
  sameShape,
  signature,
  showTakes,
  zeros,
  type Pattern,
  type Takes,
} from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match, substitute } from './match.ts'

const dim = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constantFrom('N', 'M'))
const shape = fc.array(dim, { maxLength: 4 })

/** A pattern that some shape fits, that shape, and what its names stand for. */
const fitting = fc
  .record({
    sizes: fc.record({ N: fc.nat(3), M: fc.nat(3), '...': fc.array(fc.nat(3), { maxLength: 3 }) }),
    before: shape,
    after: shape,
    ellipsis: fc.boolean(),
  })
  .map(({ sizes, before, after, ellipsis }) => {
    const concrete = (pattern: readonly (number | string)[]) =>
      pattern.map((size) => (size === 'N' ? sizes.N : size === 'M' ? sizes.M : Number(size)))
    return {
      pattern: [...before, ...(ellipsis ? ['...'] : []), ...after] satisfies Pattern,
      given: [...concrete(before), ...(ellipsis ? sizes['...'] : []), ...concrete(after)],
    }
  })

describe('matching', () => {
  test('finds the sizes that make the pattern the shape', () => {
    fc.assert(
      fc.property(fitting, ({ pattern, given }) => {
        const bindings = match(pattern, given)
        expect(bindings && substitute(pattern, bindings)).toEqual(given)
      }),
    )
  })

  test('refuses a shape in which one number is another', () => {
    fc.assert(
      fc.property(fitting, fc.nat(), ({ pattern, given }, at) => {
        const literals = pattern.flatMap((size, axis) => (typeof size === 'number' ? [axis] : []))
        fc.pre(literals.length > 0 && !pattern.includes('...'))
        const axis = literals[at % literals.length] ?? 0
        expect(match(pattern, given.with(axis, 9))).toBeUndefined()
      }),
    )
  })

  test('refuses another rank', () => {
    fc.assert(
      fc.property(fitting, ({ pattern, given }) => {
        fc.pre(!pattern.includes('...'))
        expect(match(pattern, [...given, 1])).toBeUndefined()
      }),
    )
  })

  test('takes one name for one size, in one input and across several', () => {
    expect(match(['N', 'N'], [2, 3])).toBeUndefined()
    expect(match({ a: ['N'], b: ['N'] }, { a: [2], b: [3] })).toBeUndefined()
    expect(match({ a: ['...', 1], b: ['...'] }, { a: [2, 3, 1], b: [2, 3] })?.get('...')).toEqual([2, 3])
    expect(match({ a: ['...', 1], b: ['...'] }, { a: [2, 3, 1], b: [2] })).toBeUndefined()
  })

  test.each<[Takes, Takes]>([
    [['N'], int32('N')],
    [int32('N'), ['N']],
    [['N'], { a: ['N'] }],
    [{ a: ['N'] }, ['N']],
    [{ a: ['N'] }, { a: ['N'], b: ['N'] }],
    [{ a: ['N'], b: ['N'] }, { a: ['N'] }],
    [{ a: ['N'] }, { b: ['N'] }],
    [['N', '...', 2], [2]],
  ])('refuses another dtype, number of inputs or name: %j given %j', (takes, given) => {
    expect(match(takes, given)).toBeUndefined()
  })

  test('takes time in proportion to the rank, not to the ways of splitting it', () => {
    const long = Array.from({ length: 2000 }, (_, axis) => axis)
    expect(match(['...', 1999], long)?.get('...')).toHaveLength(1999)
  })
})

describe('a rule', () => {
  test('gives the output in the sizes of what is given', () => {
    const rule = signature('affine(50, 10)', ['N', 50], ['N', 10])
    expect(rule.apply([7, 50])).toEqual({ _tag: 'Right', right: [7, 10] })
    expect(rule.apply(['B', 50])).toEqual({ _tag: 'Right', right: ['B', 10] })
    expect(sameShape('relu').apply([2, 'N', 3])).toEqual({ _tag: 'Right', right: [2, 'N', 3] })
  })

  test('says what it takes and what it is given, several inputs in alphabetical order', () => {
    const rule = signature('loss', { logits: ['N', 4], labels: int32('N') }, [])
    expect(rule.apply({ logits: ['N', 3], labels: int32('N') })).toEqual({
      _tag: 'Left',
      left: 'loss takes labels int32 [N], logits [N, 4] but is given labels int32 [N], logits [N, 3]',
    })
    expect(showTakes(['...'])).toBe('[...]')
  })
})

describe('expectShape', () => {
  test('gives the tensor that it is given', () => {
    const rows = zeros([2, 3])
    expect(expectShape(rows, ['N', 3])).toBe(rows)
  })

  test.each([
    [() => expectShape(zeros([2, 3]), ['N', 2]), 'expected a tensor [N, 2] but found [2, 3]'],
    [() => expectShape(zeros([2]), int32('N')), 'expected a tensor int32 [N] but found [2]'],
    [() => expectShape(fromValues([1], [1], 'int32'), ['N']), 'expected a tensor [N] but found int32 [1]'],
  ])('refuses what does not fit (%#)', (attempt, sentence) => {
    expect(attempt).toThrow(new TypeError(sentence))
  })
})
