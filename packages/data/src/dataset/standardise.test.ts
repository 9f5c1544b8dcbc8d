import {
  cast,
  fromValues,
  mean,
  mul,
  square,
  sub,
  tensor,
  toArray,
  toNested,
  toNumber,
  zeros,
} from '@pullback/core'
import { dataset, fitStandardisation, standardise, take, type Dataset } from '@pullback/data'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { datasets } from './dataset.arbitrary.ts'

const moments = ({ features }: Dataset) => {
  const x = cast(features, 'float64')
  const centre = mean(x, { axes: 0 })
  return { mean: toArray(centre), variance: toArray(mean(square(sub(x, centre)), { axes: 0 })) }
}

test('the fitted set has mean 0 and variance 1, or 0 where a feature is constant', () => {
  fc.assert(
    fc.property(datasets, (data) => {
      const before = moments(data).variance
      const after = moments(standardise(data, fitStandardisation(data)))
      for (const [column, centre] of after.mean.entries()) {
        expect(centre).toBeCloseTo(0, 5)
        expect(after.variance[column]).toBeCloseTo(before[column] === 0 ? 0 : 1, 4)
      }
    }),
  )
})

test('other sets are shifted and scaled by the numbers of the fitted one', () => {
  fc.assert(
    fc.property(datasets, fc.nat(59), (data, number) => {
      const fitted = fitStandardisation(data)
      const row = number % data.size
      const alone = standardise(take(data, 1, row), fitted)
      expect(toNested(alone.features)).toEqual(toNested(take(standardise(data, fitted), 1, row).features))
    }),
  )
})

test('a constant column becomes 0, even one whose sum rounds', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
      (value, count) => {
        const constant = dataset({
          features: fromValues(
            Array.from({ length: count }, () => value),
            [count, 1],
            'float64',
          ),
          labels: zeros([count], 'int32'),
          classes: 1,
        })
        const done = standardise(constant, fitStandardisation(constant))
        expect(toArray(done.features).every((x) => x === 0)).toBe(true)
      },
    ),
  )
})

test('a large offset does not drown a small spread', () => {
  const values = Float64Array.from({ length: 1000 }, (_, index) => 1e9 + (index % 2))
  const far = dataset({
    features: fromValues(values, [1000, 1], 'float64'),
    labels: zeros([1000], 'int32'),
    classes: 1,
  })
  expect(toNumber(fitStandardisation(far).std)).toBeCloseTo(0.5, 12)
})

test('a spread too small for float32 is one in float64', () => {
  const small = { labels: zeros([2], 'int32'), classes: 1 }
  const exact = dataset({ ...small, features: fromValues([0, 2e-60], [2, 1], 'float64') })
  expect(toArray(standardise(exact, fitStandardisation(exact)).features)).toEqual(Float64Array.of(-1, 1))
})

test('rows of another shape and empty sets are refused', () => {
  const wide = dataset({ features: tensor([[1, 2]]), labels: tensor([0], 'int32'), classes: 1 })
  const narrow = dataset({ ...wide, features: tensor([[1]]) })
  expect(() => standardise(wide, fitStandardisation(narrow))).toThrow(
    'fitted on rows [1], but given rows [2]',
  )
  expect(() => fitStandardisation(take(wide, 0))).toThrow('at least one example')
})

test('images are standardised pixel by pixel', () => {
  const images = dataset({
    features: mul(fromValues([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2]), 2),
    labels: zeros([2], 'int32'),
    classes: 1,
  })
  expect(fitStandardisation(images).mean.shape).toEqual([2, 2])
  expect(toNested(standardise(images, fitStandardisation(images)).features)).toEqual([
    [
      [-1, -1],
      [-1, -1],
    ],
    [
      [1, 1],
      [1, 1],
    ],
  ])
})
