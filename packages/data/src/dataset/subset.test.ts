import { tensor, toArray, toNested } from '@pullback/core'
import { dataset, subset, take, type Dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { datasets } from './dataset.arbitrary.ts'

const content = ({ features, labels, ...rest }: Dataset) => ({
  ...rest,
  features: toNested(features),
  labels: toNested(labels),
})

test('every example keeps its features, its label and the names', () => {
  fc.assert(
    fc.property(datasets, fc.array(fc.nat()), (data, numbers) => {
      const indices = numbers.map((number) => number % data.size)
      const chosen = subset(data, indices)
      expect(chosen.classNames).toEqual(data.classNames)
      expect(toNested(chosen.features)).toEqual(
        indices.map((index) => [toNested(data.features)].flat()[index]),
      )
      const labels = toArray(data.labels)
      expect(Array.from(toArray(chosen.labels))).toEqual(indices.map((index) => labels[index]))
    }),
  )
})

test('a run of examples is the subset of its positions', () => {
  fc.assert(
    fc.property(datasets, fc.nat(70), fc.nat(70), (data, count, from) => {
      const end = Math.min(from + count, data.size)
      const positions = Array.from({ length: Math.max(0, end - from) }, (_, index) => from + index)
      expect(content(take(data, count, from))).toEqual(content(subset(data, positions)))
    }),
  )
})

test('positions outside and counts that are none are refused', () => {
  const one = dataset({ features: tensor([[1]]), labels: tensor([0], 'int32'), classes: 1 })
  expect(() => subset(one, [1])).toThrow('index 1 at position 0 is outside')
  expect(() => subset(one, [-1])).toThrow('index -1 at position 0 is outside')
  expect(() => take(one, -1)).toThrow('-1 is not a count')
  expect(() => take(one, 1, 0.5)).toThrow('0.5 is not a count')
})
