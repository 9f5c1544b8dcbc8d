import { add, exp, fromValues, mul } from '@pullback/core'
import { expect, it } from 'vitest'
import { elementwise, exactLaw, sampleOf, violationOf, wrongAffine } from '../planted.fixture.ts'
import { evidenceFor } from './evidence.ts'
import { hintFor } from './hintFor.ts'
import { fewEntries, notFinite } from './numbers.ts'

it('says where NaN and Infinity come from', () => {
  const wrong = elementwise(exp, (x, dOutput) => mul(x, dOutput))
  const violation = violationOf(sampleOf(wrong, [1, 1]))
  const given = (analytic: number) => notFinite({ ...violation, analytic })
  expect(given(Number.NaN)).toMatch('NaN comes from')
  expect(given(-Infinity)).toMatch('Infinity comes from')
  expect(given(1)).toBeUndefined()
  expect(notFinite({ ...violation, law: 'emptiness', analytic: Number.NaN })).toMatch('a mean over no rows')
})

it('sees that one entry is wrong', () => {
  const wrong = wrongAffine(2, 3, ({ right }) => ({
    b: add(right.b, fromValues([0, 1e-3, 0], [3], 'float64')),
  }))
  const violation = violationOf(sampleOf(wrong, [2, 2]))
  expect(fewEntries(evidenceFor(violation, exactLaw))).toBe('wrong in one entry, right in the other 2')
  expect(hintFor({ ...violation, hint: 'as the law says' }, exactLaw)).toBe('as the law says')
})
