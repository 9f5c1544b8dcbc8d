import { evaluate, toArray, type AnyTensor } from '@pullback/core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { programArbitrary } from '../../evaluate/expression.arbitrary.ts'
import type { Program } from '../program.ts'
import { element } from './element.ts'
import { lower } from './lower.ts'
import { interpret } from './planInterpreter.fixture.ts'

const asProgram = (roots: readonly AnyTensor[], bindings: Readonly<Record<string, AnyTensor>>): Program => ({
  inputs: Object.entries(bindings).map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
  outputs: roots.map((tensor, index) => ({ name: `r${index}`, tensor })),
  carried: [],
})

test('random programs come to what the reference says, run after run', () => {
  fc.assert(
    fc.property(programArbitrary, ({ roots, bindings }) => {
      const expected = evaluate(Object.fromEntries(roots.map((root, index) => [`r${index}`, root])), bindings)
      const plan = lower(asProgram(roots, bindings))
      const { inputs, outputs, run } = interpret(plan)
      for (const [index, value] of Object.values(bindings).entries())
        element(inputs, index).set(toArray(value))
      for (let times = 0; times < 2; times++) {
        run()
        for (const [index, root] of roots.entries())
          expect(Array.from(element(outputs, index))).toEqual(
            Array.from(toArray(expected[`r${index}`] ?? root)),
          )
      }
    }),
    { numRuns: 1000 },
  )
})
