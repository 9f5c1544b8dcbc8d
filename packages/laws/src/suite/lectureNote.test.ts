import { explain, gradientLaw } from '@pullback/laws'
import { expect, test } from 'vitest'
import { hold } from '../../test/mutants/hold.ts'
import { lectureNote, twoLayerNet } from '../../test/mutants/lectureNote.ts'

const seed = Math.floor(Math.random() * 2 ** 31)

test(`the two-layer net keeps every law, at seed ${seed}`, () => {
  expect(hold({ layer: twoLayerNet }, { seed, runs: 100 })).toBeUndefined()
})

test.each(lectureNote.map((mutant) => [mutant.name, mutant] as const))(
  `is caught and named at seed ${seed}: %s`,
  (_, mutant) => {
    const caught = hold(mutant, { seed, runs: 100 })
    expect(caught?.law).toBe('gradient')
    const { place, hint } = caught?.violation ? explain(gradientLaw, caught.violation) : {}
    const wrongInAll = mutant.name.includes('mask')
      ? ['params.W1', 'params.b1', 'input.X']
      : [mutant.expected.tensor]
    expect(wrongInAll).toContain(place?.tensor)
    expect(hint ?? 'no hint').toMatch(mutant.expected.hint ?? /^/)
  },
)
