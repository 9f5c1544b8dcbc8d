import { fromValues, seed, sequential, affine, relu, type Net, type Tensor } from '@pullback/core'
import { expect, test } from 'vitest'
import type { Sample } from '../sample/sample.ts'
import { kinkLaw } from './kinkLaw.ts'
import { legitimate, mistakes } from './wrong.arbitrary.ts'

const wrong = (name: string): Net => mistakes.find((mistake) => mistake.name === name)?.wrong ?? relu()
const right = (name: string): Net => legitimate.find(([title]) => title === name)?.[1] ?? relu()

const sampleOf = (
  layer: Net,
  shape: readonly number[],
  values: readonly number[],
  outputs = shape,
): Sample => ({
  layer,
  params: {},
  input: fromValues(values, [...shape], 'float64'),
  dOutput: fromValues(
    new Float64Array(outputs.reduce((size, one) => size * one, 1)).fill(1),
    [...outputs],
    'float64',
  ),
  context: {},
  seed: 5,
})

const violationAt = (sample: Sample) => {
  const outcome = kinkLaw.check(sample)
  return outcome.verdict === 'violated' ? outcome.violation : undefined
}

test('a gradient of 2 at the kink of a relu is named', () => {
  const violation = violationAt(sampleOf(wrong('2 at zero'), [4], [1, 0, -2, 3]))
  expect(violation).toMatchObject({
    law: 'kinks',
    sentence: 'at a kink the gradient of output[1] is not between its one-sided derivatives',
    place: { tensor: 'input', index: [1] },
    analytic: 2,
  })
  expect(violation?.expected).toBeCloseTo(0.5, 10)
  expect(violation?.bound).toBeCloseTo(0.5, 10)
})

test('ties that each get the whole gradient have too much of it together', () => {
  const violation = violationAt(sampleOf(wrong('every tie gets 1'), [2, 3], [1, 1, 0, 2, 3, 1], [2]))
  expect(violation?.place?.tensor).toBe('input')
  expect(violation?.place?.index[0]).toBe(0)
  expect(violation?.analytic).toBeCloseTo(2 * (violation?.expected ?? 0), 10)
})

test.each(legitimate)('at a kink %s holds', (_, layer) => {
  const isMax = layer === right('ties shared')
  const sample = isMax
    ? sampleOf(layer, [2, 3], [1, 1, 0, 2, 2, 2], [2])
    : sampleOf(layer, [2, 3], [0, 1, 0, -1, 0, 0])
  expect(kinkLaw.check(sample).verdict).toBe('holds')
})

test('without a kink there is nothing to judge', () => {
  expect(kinkLaw.check(sampleOf(wrong('2 at zero'), [2], [1, -1])).verdict).toBe('holds')
  expect(kinkLaw.check(sampleOf(wrong('a factor of 2'), [2], [1, 0])).verdict).toBe('holds')
})

test('kinks that meet and cancel in a net are no mistake of it', () => {
  const net: Net = sequential(['N', 2], ['fc1', affine(2, 4)], ['relu', relu()], ['fc2', affine(4, 1)])
  const W1: Tensor = fromValues([1, -1, 2, -2, 1, -1, 1, -1], [2, 4], 'float64')
  const W2: Tensor = fromValues([1, -1, 0.5, -0.5], [4, 1], 'float64')
  const bias = (size: number): Tensor => fromValues(new Float64Array(size), [size], 'float64')
  const outcome = kinkLaw.check({
    ...sampleOf(net, [2, 2], [0, 0, 1, 2], [2, 1]),
    params: { fc1: { W: W1, b: bias(4) }, fc2: { W: W2, b: bias(1) } },
  })
  expect(outcome.verdict).not.toBe('violated')
  expect(net.init(seed(0))).toHaveProperty('fc1')
})
