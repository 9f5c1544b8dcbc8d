import type { Diagnostic } from '../compiler/diagnostic.ts'
import type { Case } from './fixture.ts'

/** The errors that fall on the lines of a case. */
export const errorsOf = ({ start, lines }: Case, errors: readonly Diagnostic[]): readonly Diagnostic[] =>
  errors.filter(({ line }) => line >= start && line < start + lines.length)

/** The errors that fall on no case: what should have compiled and did not. */
export const strayErrors = (cases: readonly Case[], errors: readonly Diagnostic[]): readonly Diagnostic[] => {
  const expected = new Set(cases.flatMap((one) => errorsOf(one, errors)))
  return errors.filter((error) => !expected.has(error))
}

const renderError = ({ column, code, message }: Diagnostic): string =>
  `${' '.repeat(column - 1)}^ ${code}\n${message.replaceAll(/^/gm, '  | ')}`

function renderCase(one: Case, errors: readonly Diagnostic[]): string {
  const lines = one.lines.flatMap((text, index) => {
    const here = errors.filter(({ line }) => line === one.start + index)
    return [text, ...here.map(renderError)]
  })
  return [`# ${one.name}`, ...lines].join('\n')
}

/** Every case as its reader meets it: the code, a caret where the compiler points, and what it says. */
export const renderCases = (cases: readonly Case[], errors: readonly Diagnostic[]): string =>
  `${cases.map((one) => renderCase(one, errorsOf(one, errors))).join('\n\n')}\n`
