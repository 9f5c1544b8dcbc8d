import { expect, test } from 'vitest'
import { tallyOf } from './tally.ts'

const undecided = { verdict: 'unresolved', unresolved: 1, compared: 1 } as const

test('a suite that could not decide more than a twentieth fails with a sentence', () => {
  const tally = tallyOf()
  for (let run = 0; run < 100; run++) tally.count('gradient', run < 30 ? undecided : { verdict: 'holds' })
  expect(tally.share('gradient')).toBeCloseTo(0.3)
  expect(() => tally.check()).toThrow(
    'resolution: gradient could not decide 30.0 % of what it compared in 100 samples',
  )
})

test('what chance explains does not fail it', () => {
  const tally = tallyOf()
  for (let run = 0; run < 10; run++) tally.count('gradient', run === 0 ? undecided : { verdict: 'holds' })
  expect(() => tally.check()).not.toThrow()
})

test('what float32 cannot tell apart is counted and fails nothing', () => {
  const tally = tallyOf()
  for (let run = 0; run < 100; run++) tally.count('interpreters', undecided)
  expect(tally.share('interpreters')).toBe(1)
  expect(() => tally.check()).not.toThrow()
})
