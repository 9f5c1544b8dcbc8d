import { affine, computed, concat, int32, signature, softmaxCrossEntropy } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { shapeArbitrary } from '../arbitrary/shapeArbitrary.ts'
import { hasBatch, sizesFor, withBatch } from './sizes.ts'

const drawn = (rule: Parameters<typeof shapeArbitrary>[0]) =>
  fc.sample(shapeArbitrary(rule), { numRuns: 300, seed: 1 })

test('names are bound to one size wherever they recur', () => {
  for (const shapes of drawn(softmaxCrossEntropy(3).rule)) {
    const { logits = [], labels } = shapes as unknown as Record<string, readonly number[]>
    expect(labels).toEqual(int32(logits[0] ?? -1))
    expect(logits[1]).toBe(3)
  }
})

test('empty batches, single examples and sizes equal to those of the layer are among them', () => {
  const sizes = new Set(drawn(affine(5, 4).rule).map((shape) => (shape as readonly number[])[0]))
  for (const size of [0, 1, 2, 3, 5]) expect(sizes).toContain(size)
})

test('any rank from 0 to 3 is tried for any dimensions', () => {
  const ranks = new Set(
    drawn(signature('any', ['...'], ['...'])).map((shape) => (shape as readonly number[]).length),
  )
  expect(ranks).toEqual(new Set([0, 1, 2, 3]))
})

test('sizes that a rule refuses are not drawn, and a rule that refuses all says so', () => {
  const even = computed('even', ['N', 'D'], ['N', 'D'], (size) =>
    Number(size('D')) % 2 === 0
      ? { _tag: 'Right', right: [size('N'), size('D')] }
      : { _tag: 'Left', left: 'odd' },
  )
  for (const shape of drawn(even)) expect(Number((shape as readonly number[])[1]) % 2).toBe(0)
  const never = computed('never', ['N'], ['N'], () => ({ _tag: 'Left', left: 'no' }))
  expect(() => sizesFor(never, ['N'], { choices: [0], equal: false })).toThrow(
    'never: found no sizes that fit its rule',
  )
})

test('a batch is the first axis, if there is one', () => {
  expect(withBatch(['N', 3], [5, 3], 0)).toEqual([0, 3])
  const { takes } = concat(['a', 2], ['b', 1]).rule
  expect(withBatch(takes, { a: [4, 2], b: [4, 1] }, 7)).toEqual({ a: [7, 2], b: [7, 1] })
  expect(hasBatch(['...', 2], '...', [2])).toBe(false)
})
