import { affine, identity, relu, sequential, type Net } from '@pullback/core'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { netArbitrary, netLaws } from '../index.ts'

const failureOf = (property: fc.IProperty<[never]>, runs: number): string | undefined => {
  const details = fc.check(property, { numRuns: runs })
  return details.failed ? String(details.errorInstance) : undefined
}

describe('random nets', () => {
  test.each(netLaws(netArbitrary(), { rows: 'rowwise' }))('$name', ({ property }) => {
    expect(failureOf(property as never, 15)).toBeUndefined()
  })

  test('shrink to a single small layer', () => {
    const { counterexample } = fc.check(
      fc.property(netArbitrary(), ({ graph }) => graph === undefined),
      { seed: 3 },
    )
    expect(counterexample?.[0].graph?.nodes.length).toBe(1)
  })

  test('branch, join, share and nest', () => {
    const nets = fc.sample(netArbitrary(), { numRuns: 200, seed: 1 })
    const nodes = nets.flatMap(({ graph }) => graph?.nodes ?? [])
    const kinds = new Set(nodes.map(({ layer }) => layer.kind))
    expect([...kinds].toSorted()).toEqual([
      'addition',
      'affine',
      'concat',
      'graph',
      'identity',
      'relu',
      'residual',
    ])
    expect(nodes.some(({ shares }) => shares !== undefined)).toBe(true)
  })
})

test('a net whose forward is not that of its nodes is caught', () => {
  const right: Net = sequential(['N', 2], ['fc', affine(2, 2)], ['act', relu()])
  const other: Net = sequential(['N', 2], ['fc', affine(2, 2)], ['act', identity()])
  const wrong: Net = {
    ...right,
    forward: (...given) => other.forward(...given),
    backward: (...given) => other.backward(...given),
  }
  const nodes = netLaws(wrong).find(({ name }) => name === 'nodes')
  expect(nodes && failureOf(nodes.property as never, 50)).toContain('its nodes one after the other')
})

test('a net whose spec is that of another is caught', () => {
  const right: Net = sequential(['N', 2], ['fc', affine(2, 2)], ['act', relu()])
  const other: Net = sequential(['N', 2], ['fc', affine(2, 2)], ['act', identity()])
  const wrong: Net = { ...right, ...(other.graph && { graph: other.graph }) }
  const spec = netLaws(wrong).find(({ name }) => name === 'spec')
  expect(spec && failureOf(spec.property as never, 50)).toContain('read back from its spec')
})

test('a net that declares more parameters than it has is caught', () => {
  const right: Net = sequential(['N', 2], ['fc', affine(2, 2)])
  const wrong: Net = { ...right, init: () => ({}) }
  const nodes = netLaws(wrong).find(({ name }) => name === 'summary')
  expect(nodes && failureOf(nodes.property as never, 100)).toContain('the summary counts 6 parameters')
})
