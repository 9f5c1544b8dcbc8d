import { add, mapTree, mul, zerosLike, zipTrees, type TreeRecord } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { optimizerLaws, type OptimizerLike } from '../index.ts'

const brokenBy = (optimizer: OptimizerLike): readonly string[] =>
  optimizerLaws(optimizer)
    .filter(({ property }) => fc.check(property, { numRuns: 8 }).failed)
    .map(({ name }) => name)

const heavy = (
  velocityOf: (velocity: TreeRecord, gradients: TreeRecord) => TreeRecord,
  rate = -0.1,
): OptimizerLike => ({
  init: (params) => ({ velocity: zerosLike(params) }),
  update: (gradients, state) => {
    const velocity = velocityOf(state['velocity'] as TreeRecord, gradients)
    return { updates: mapTree(velocity, (v) => mul(v, rate)), state: { velocity } }
  },
})

const remembered = (velocity: TreeRecord, gradients: TreeRecord): TreeRecord =>
  zipTrees(velocity, gradients, (v, g) => add(mul(v, 0.5), g))

test('right optimizers break no law', () => {
  expect(brokenBy(heavy(remembered))).toEqual([])
  const plain = heavy((_, gradients) => gradients)
  expect(brokenBy(plain)).toEqual([])
})

test('one that climbs is caught', () => {
  expect(brokenBy(heavy(remembered, 0.1))).toEqual(['descent'])
})

test('one that keeps its velocity in a closure is caught', () => {
  let kept: TreeRecord | undefined
  const closing = heavy((velocity, gradients) => {
    kept = remembered(kept === undefined || Object.keys(kept).length === 0 ? velocity : kept, gradients)
    return kept
  })
  expect(brokenBy(closing)).toContain('purity')
})

test('one whose updates lack a parameter is caught', () => {
  const partial: OptimizerLike = {
    init: () => ({}),
    update: (gradients) => ({ updates: { first: gradients['first'] ?? {} }, state: {} }),
  }
  expect(brokenBy(partial)).toContain('structure')
})
