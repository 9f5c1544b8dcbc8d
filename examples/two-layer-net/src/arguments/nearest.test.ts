import { expect, test } from 'vitest'
import { nearest } from './nearest.ts'

const words = ['hidden', 'seed', 'learning-rate', 'reg']

test.each([
  ['hiden', 'hidden'],
  ['hdden', 'hidden'],
  ['sede', undefined],
  ['sed', 'seed'],
  ['learning', 'learning-rate'],
  ['learnign-rate', 'learning-rate'],
  ['r', undefined],
  ['zebra', undefined],
])('%s is taken for %s', (word, meant) => {
  expect(nearest(word, words)).toBe(meant)
})

test('what is long is taken for nothing', () => {
  expect(nearest('hidden'.repeat(10_000), words)).toBeUndefined()
})
