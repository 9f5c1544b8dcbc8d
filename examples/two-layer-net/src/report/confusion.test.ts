import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { confusionOf, mistakes } from './confusion.ts'
import { confusionMatrix } from './sections/confusionMatrix.ts'

test('every example is counted once, in the row of its class and the column of its prediction', () => {
  expect(confusionOf([0, 0, 1, 2, 2, 2], [0, 1, 1, 0, 0, 2], 3)).toEqual([
    [1, 1, 0],
    [0, 1, 0],
    [2, 0, 1],
  ])
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), fc.nat(4))), (pairs) => {
      const confusion = confusionOf(
        pairs.map(([label]) => label),
        pairs.map(([, predicted]) => predicted),
        5,
      )
      expect(confusion.flat().reduce((sum, count) => sum + count, 0)).toBe(pairs.length)
    }),
  )
})

test('mistakes are listed from the most frequent on', () => {
  expect(
    mistakes(
      [
        [1, 1, 0],
        [0, 1, 0],
        [2, 0, 1],
      ],
      5,
    ),
  ).toEqual([
    { label: 2, predicted: 0, count: 2 },
    { label: 0, predicted: 1, count: 1 },
  ])
})

test('many classes are told by their mistakes, names are escaped', () => {
  const names = Array.from({ length: 40 }, (_, at) => `<b>${at}`)
  const { markup } = confusionMatrix(confusionOf([3, 3], [4, 4], 40), names, 'test')
  expect(markup).not.toContain('<table')
  expect(markup.replaceAll(/\s+/g, ' ')).toContain('<b>&lt;b&gt;3</b> taken for <b>&lt;b&gt;4</b>: 2 times')
})
