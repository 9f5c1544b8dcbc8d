import { showProgram, type Backend, type TypedArray } from '@pullback/core'
import { showNumber } from '../report/showNumber.ts'
import { wrap } from '../report/wrap.ts'
import { showDifference, type Difference } from './difference.ts'
import type { Trial } from './trial.ts'

type Row = readonly [label: string, text: string]

const labelWidth = 12
const width = 100
const mostShown = 24
const longest = 6000

const showElements = (values: TypedArray): string =>
  [
    ...Array.from(values.subarray(0, mostShown), showNumber),
    ...(values.length > mostShown ? [`... ${values.length} in all`] : []),
  ].join(', ')

const rowsOf = ({ program, values }: Trial): readonly Row[] => [
  ['program', ''],
  ...program.inputs.flatMap(({ name }, index): readonly Row[] => {
    const given = values[index]
    return given === undefined ? [] : [[`at ${name}`, showElements(given)]]
  }),
]

/**
 * The error of a law that a backend breaks: the law, what is wrong, the element with what it is and should be, the program
 * and what it was given.
 */
export function brokenBackend(
  { name }: Backend,
  law: string,
  sentence: string,
  trial: Trial,
  difference?: Difference,
): Error {
  const rows: readonly Row[] = [
    ['what', sentence],
    ...(difference === undefined ? [] : showDifference(difference)),
    ...rowsOf(trial),
  ]
  const text = showProgram(trial.program)
  const lines = rows.flatMap(([label, words]) =>
    label === 'program'
      ? [
          `  ${label}`,
          ...(text.length > longest ? [`${text.slice(0, longest)} ...`] : [text])
            .join('')
            .split('\n')
            .map((line) => `    ${line}`),
        ]
      : wrap(words, width - labelWidth).map((part, index) =>
          `  ${(index === 0 ? label : '').padEnd(labelWidth - 2)}${part}`.trimEnd(),
        ),
  )
  return new Error([`${name} violates the law ${law}`, '', ...lines].join('\n'))
}
