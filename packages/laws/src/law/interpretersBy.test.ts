import { affine, backendOf, relu, softmaxCrossEntropy, type Backend } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { layerLaws } from '../suite/layerLaws.ts'
import { countingBackend } from '../testing/countingBackend.ts'

/** The reference, but every result that is not 0 is off by `factor`. */
const off = (factor: number): Backend => ({
  ...countingBackend(),
  name: 'off',
  prepare(program) {
    const executable = backendOf('reference').prepare(program)
    return {
      ...executable,
      outputs: executable.outputs.map((storage) => ({
        ...storage,
        read: () => storage.read().map((value) => value * factor),
      })),
    }
  },
})

const brokenBy = (backend: Backend): string | undefined => {
  const [law] = layerLaws(affine(3, 2), { only: ['interpreters'], backend })
  const details = law && fc.check(law.property, { seed: 1, numRuns: 100 })
  return details?.errorInstance instanceof Error ? details.errorInstance.message : undefined
}

test('a backend that is wrong for a layer is named, with the entry', () => {
  expect(brokenBy(off(1 + 1e-3))).toMatch(
    /the backend off and the reference differ by more than\s+rounding[^]*where[^]*is[^]*should be/,
  )
  expect(brokenBy(off(1))).toBeUndefined()
})

test('a share of the samples is compiled, for every form once, and none by the reference', () => {
  for (const layer of [relu(), affine(3, 2), softmaxCrossEntropy(3)]) {
    const backend = countingBackend()
    const [law] = layerLaws(layer, { only: ['interpreters'], backend })
    if (law !== undefined) fc.assert(law.property, { seed: 1, numRuns: 200 })
    expect(backend.counts.runs).toBeGreaterThan(8)
    expect(backend.counts.runs).toBeLessThan(100)
    expect(backend.counts.prepared).toBeLessThanOrEqual(backend.counts.runs)
  }
})
