import { expect, test } from 'vitest'
import { catalogue } from '../../test/mutants/catalogue.ts'
import { hold } from '../../test/mutants/hold.ts'

// `npm run laws:mutants` tries more seeds and mechanical mutations, and judges what is reported.
const seed = Math.floor(Math.random() * 2 ** 31)

test(`the catalogue has no name twice and is tried at the fresh seed ${seed}`, () => {
  expect(new Set(catalogue.map(({ name }) => name)).size).toBe(catalogue.length)
  process.stdout.write(`mutants: seed ${seed}\n`)
})

test.each(catalogue.map((mutant) => [mutant.name, mutant] as const))(
  `caught at seed ${seed}: %s`,
  (_, mutant) => {
    // What is rare needs more samples: a few dozen find nearly all.
    const caught =
      hold(mutant, { seed, runs: 30, isShrunk: false }) ??
      hold(mutant, { seed: seed + 1, runs: 400, isShrunk: false })
    expect(caught).toBeDefined()
  },
)
