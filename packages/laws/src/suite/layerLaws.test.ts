import { affine, relu, type Net } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { layerLaws } from '../index.ts'

const layers: readonly (readonly [string, Net])[] = [
  ['relu', relu()],
  ['affine', affine(3, 2)],
]

describe.each(layers)('%s', (_, layer) => {
  test.each(layerLaws(layer, { rows: 'rowwise' }))('$name', ({ property }) => fc.assert(property))
})

test('laws are picked and left out by name', () => {
  const names = layerLaws(relu(), { only: ['structure', 'purity'], except: ['purity'] }).map(
    ({ name }) => name,
  )
  expect(names).toEqual(['structure', 'resolution'])
})
