import { exp, mul, sub, sum, type Tensor } from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { otherAxis, summedAxis } from './axis.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'

it('sees a sum over the wrong axis', () => {
  const wrong = wrongAffine(2, 3, ({ dZ }) => ({ b: sum(dZ, { axes: 1 }) }))
  const evidence = evidenceFor(violationOf(sampleOf(wrong, [3, 2])), exactLaw)
  expect(summedAxis(evidence)).toBe('summed over the wrong axis')
  expect(hintFor(evidence.violation, exactLaw)).toBe('summed over the wrong axis')
})

it('sees a backward along the wrong axis', () => {
  const centred = (x: Tensor, axes: number): Tensor => sub(x, sum(mul(x, 0.25), { axes, keepDims: true }))
  const wrong = elementwise(
    (x) => centred(exp(x), 0),
    (x, dOutput) => mul(exp(x), centred(dOutput, 1)),
  )
  const evidence = evidenceFor(violationOf(sampleOf(wrong, [3, 3])), exactLaw)
  expect(otherAxis(evidence)).toMatch('right along the other axis')
  expect(summedAxis(evidence)).toBeUndefined()
})
