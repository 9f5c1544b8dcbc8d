import { cos, mul, sin } from '@pullback/core'
import { expect, it } from 'vitest'
import { explain } from './explain.ts'
import { elementwise, exactLaw, sampleOf, violationOf } from './planted.fixture.ts'
import { nonTrivial } from './shrink.ts'

it('shrinks and hints', () => {
  const wrong = elementwise(cos, (x, dOutput) => mul(sin(x), dOutput))
  const explained = explain(exactLaw, violationOf(sampleOf(wrong, [3, 4])))
  expect(explained.hint).toBe('minus what it should be: a sign is flipped')
  expect(nonTrivial(explained.sample)).toBeLessThanOrEqual(4)
})
