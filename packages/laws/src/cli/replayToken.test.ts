import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { lawNames } from '../law/law.ts'
import { readReplay, showReplay } from './replayToken.ts'

it('reads what it wrote', () => {
  const path = fc.array(fc.nat(99), { minLength: 1 }).map((steps) => steps.join(':'))
  const name = fc.string({ minLength: 1, unit: 'grapheme' })
  fc.assert(
    fc.property(name, fc.constantFrom(...lawNames), fc.integer(), path, (layer, law, seed, path) => {
      expect(readReplay(showReplay(layer, law, seed, path))).toEqual({ value: { layer, law, seed, path } })
    }),
  )
})

it('refuses anything else in a sentence', () => {
  for (const token of [
    '',
    'softplus',
    'softplus/gradient/x/0',
    'a/gradient/1/0/2',
    '%/gradient/1/0',
    'a/rows/1/',
  ])
    expect(readReplay(token)).toEqual({
      problem: `--replay takes layer/law/seed/path as a report prints it, not ${token}`,
    })
  expect(readReplay('a/gradeint/1/0')).toEqual({
    problem: 'there is no law gradeint; did you mean gradient?',
  })
})
