import { mul, relu } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeLayerLaws, layerLaws } from '../index.ts'
import { rightLayers } from '../testing/layers.ts'
import { pointwise } from '../testing/activations.ts'

describe('right layers obey every law', () => {
  for (const [name, layer, rows] of rightLayers)
    describeLayerLaws(name, layer, { parameters: { numRuns: 8 }, ...(rows && { rows }) })
})

test('laws are picked and left out by name', () => {
  const names = layerLaws(relu(), { only: ['structure', 'purity'], except: ['purity'] }).map(
    ({ name }) => name,
  )
  expect(names).toEqual(['structure', 'resolution'])
})

test('a wrong layer fails the property of a law with its report', () => {
  const wrong = pointwise(
    'square',
    (x) => mul(x, x),
    (x) => x,
  )
  const gradient = layerLaws(wrong, { only: ['gradient'] })[0]
  const details = gradient && fc.check(gradient.property, { seed: 1 })
  expect(details?.failed).toBe(true)
  expect(String(details?.errorInstance)).toContain('violates the law gradient')
})

test('the same seed draws the same samples', () => {
  const [structure] = layerLaws(relu(), { only: ['structure'] })
  const drawn = () =>
    structure && fc.sample(structure.property, { seed: 5, numRuns: 5 }).map(([{ seed }]) => seed)
  expect(drawn()).toEqual(drawn())
})
