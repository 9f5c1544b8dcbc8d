import { mul, relu, type Net } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { describeLayerLaws, layerLaws, sampleArbitrary } from '../index.ts'
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

test('fast-check, whatever the runner, says how a law is broken and not what functions a layer is made of', () => {
  const half = pointwise(
    'square',
    (x) => mul(x, x),
    (x) => x,
  )
  const [gradient] = layerLaws(half, { only: ['gradient'] })
  expect(() => gradient && fc.assert(gradient.property, { seed: 1 })).toThrow(
    /seed: 1, path: "[^]*square violates the law gradient[^]*should be 2 [^]*a factor of 2 is missing/,
  )
  expect(() => gradient && fc.assert(gradient.property, { seed: 1 })).not.toThrow('=>')
})

test('a property of somebody else shows its sample in few words', () => {
  const never = fc.property(sampleArbitrary(fc.constant<Net>(relu())), () => false)
  expect(() => fc.assert(never, { seed: 1 })).toThrow(
    /Counterexample: \[relu of \[.*\]; input .*; dOutput .*\]/,
  )
})
