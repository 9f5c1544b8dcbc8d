import { expect, it } from 'vitest'
import { parseDiagnostics } from '../compiler/diagnostic.ts'
import { readCases } from './fixture.ts'
import { errorsOf, renderCases, strayErrors } from './verdict.ts'

const fixture = `const fine = 1

// error: a name
call(
  'typo',
)
// error: a second one
call()

const alsoFine = 2
`
const output = `a.ts(5,3): error TS2345: Argument of type '"typo"' is wrong.
  Types have no overlap.
a.ts(10,7): error TS1: Stray.
`
const cases = readCases(fixture)
const errors = parseDiagnostics(output)

it('ends a case at a blank line or the next marker', () => {
  expect(cases).toEqual([
    { name: 'a name', start: 4, lines: ['call(', "  'typo',", ')'] },
    { name: 'a second one', start: 8, lines: ['call()'] },
  ])
})

it('finds the case without an error and the error without a case', () => {
  expect(cases.map((one) => errorsOf(one, errors).length)).toEqual([1, 0])
  expect(strayErrors(cases, errors).map((error) => error.line)).toEqual([10])
})

it('shows the code, the place and the whole message', () => {
  expect(renderCases(cases.slice(0, 1), errors)).toBe(`# a name
call(
  'typo',
  ^ TS2345
  | Argument of type '"typo"' is wrong.
  |   Types have no overlap.
)
`)
})
