import { exp, greater, maximum, mean, mul, sub, sum, where } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from './planted.fixture.ts'
import { nonTrivial, shrinkViolation } from './shrink.ts'

const wrongLayers = [
  wrongAffine(3, 2, ({ right }) => ({ W: mul(right.W, 2) })),
  wrongAffine(3, 2, ({ dZ }) => ({ b: mean(dZ, { axes: 0 }) })),
  wrongAffine(3, 3, ({ right }) => ({ dInput: mul(right.dInput, 1.001) })),
  elementwise(exp, (x, dOutput) => mul(where(greater(x, 0.5), 1, exp(x)), dOutput)),
  elementwise(
    (x) => sub(x, mean(x, { axes: 0, keepDims: true })),
    (_, dOutput) => sub(dOutput, sum(dOutput, { axes: 0, keepDims: true })),
  ),
  elementwise(
    (x) => maximum(x, 0),
    (_, dOutput) => dOutput,
  ),
]

it('leaves at most four entries that matter', () => {
  fc.assert(
    fc.property(fc.constantFrom(...wrongLayers), fc.integer({ min: 2, max: 5 }), (layer, rows) => {
      const violation = violationOf(sampleOf(layer, [rows, 3]))
      const shrunk = shrinkViolation(exactLaw, violation)
      expect(nonTrivial(shrunk.sample)).toBeLessThanOrEqual(4)
      expect(shrunk.place?.tensor).toBe(violation.place?.tensor)
      expect(exactLaw.check(shrunk.sample).verdict).toBe('violated')
    }),
    { numRuns: 20 },
  )
})

it('asks the law no more often than it may', () => {
  let asked = 0
  const counting = {
    name: exactLaw.name,
    check: (sample: Parameters<typeof exactLaw.check>[0]) => (asked++, exactLaw.check(sample)),
  }
  const violation = violationOf(
    sampleOf(
      wrongAffine(3, 2, ({ dZ }) => ({ b: mean(dZ, { axes: 0 }) })),
      [4, 3],
    ),
  )
  shrinkViolation(counting, violation, { evaluations: 5 })
  expect(asked).toBe(5)
  expect(shrinkViolation(counting, violation, { evaluations: 0 })).toEqual(violation)
})
