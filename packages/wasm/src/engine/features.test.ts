import { availableParallelism } from 'node:os'
import { expect, it } from 'vitest'
import { detectFeatures } from './features.ts'

it('finds what Node has: shared memory and its cores', () => {
  expect(detectFeatures()).toMatchObject({ shared: true, cores: availableParallelism() })
})

it('finds the same again', () => {
  expect(detectFeatures()).toBe(detectFeatures())
})
