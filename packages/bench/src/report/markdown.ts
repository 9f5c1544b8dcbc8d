import type { Size } from '../problem/sizes.ts'
import type { Measured, Outcome } from '../run/outcome.ts'
import { tolerance } from '../run/verify.ts'
import { deviation, mebibytes, threeDigits } from './numbers.ts'
import type { Result, Row } from './result.ts'

const columns = ({ name, N, D, H, C }: Size): string => `${name} ${N},${D},${H},${C}`

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const best = (rows: readonly Row[], size: Size): number =>
  Math.min(
    ...rows
      .filter(({ family }) => family !== 'floor')
      .map(({ outcomes }) => outcomes[size.name])
      .map((outcome) =>
        outcome?.kind === 'measured' && outcome.agrees ? outcome.microseconds.median : Infinity,
      ),
  )

function cell(outcome: Outcome | undefined, fastest: number): string {
  if (outcome?.kind !== 'measured') return outcome?.kind ?? '-'
  const text = threeDigits(outcome.microseconds.median)
  if (!outcome.agrees) return `~~${text}~~ disagrees`
  return outcome.microseconds.median === fastest ? `**${text}**` : text
}

const measuredIn = ({ outcomes }: Row, { name }: Size): readonly Measured[] => {
  const outcome = outcomes[name]
  return outcome?.kind === 'measured' ? [outcome] : []
}

const milliseconds = (time: number | undefined): string => (time === undefined ? '' : threeDigits(time))

function detailsOf(rows: readonly Row[], size: Size): string {
  const head = [
    '',
    'median',
    'quartiles',
    'rounds',
    'deviation',
    'start ms',
    'compile ms',
    'again ms',
    'peak MiB',
  ]
  const lines = rows.flatMap((row) =>
    measuredIn(row, size).map(({ microseconds, ...measured }) => [
      row.title,
      threeDigits(microseconds.median),
      `${threeDigits(microseconds.lowerQuartile)} - ${threeDigits(microseconds.upperQuartile)}`,
      String(microseconds.count),
      measured.deviation === undefined ? '' : deviation(measured.deviation),
      threeDigits(measured.startMilliseconds),
      milliseconds(measured.compileMilliseconds),
      milliseconds(measured.againMilliseconds),
      mebibytes(measured.peakBytes),
    ]),
  )
  return `### ${columns(size)}\n\n${table(head, lines)}\n`
}

/** Who gave no result, and why: each reason once, with the sizes that it was given at. */
function missing(rows: readonly Row[]): readonly string[] {
  const reasons = new Map<string, string[]>()
  for (const { title, outcomes } of rows)
    for (const [size, outcome] of Object.entries(outcomes))
      if (outcome.kind !== 'measured') {
        const reason = `${title} ${outcome.kind === 'absent' ? 'is absent' : 'failed'}: ${outcome.reason}`
        reasons.set(reason, [...(reasons.get(reason) ?? []), size])
      }
  return [...reasons].map(([reason, sizes]) => `- ${reason} (${sizes.join(', ')})`)
}

const remarks = (rows: readonly Row[]): readonly string[] =>
  rows.flatMap(({ title, remark }) => (remark === undefined ? [] : [`- ${title}: ${remark}`]))

const notes = (rounds: number): string =>
  `Medians of at most ${rounds} rounds; the fastest that agrees is bold. Each contender runs in a process of its own; all
are alive at once, and each in turn takes a batch of steps while the others idle. Before that, its losses in the first
three steps are compared with those of a float64 reference: the greatest relative deviation is shown, and whoever is off by
more than ${tolerance} is not ranked. (Float32 sums of W^2 taken one after the other are off by about 1e-3 at \`wide\`.)
Start is from the start of the process to the end of the first step; again is what compiling takes once more in it.`

/** The result as a page of Markdown: the table, then what lies behind it, size by size. */
export function toMarkdown({ machine, command, rounds, sizes, rows }: Result): string {
  const head = ['microseconds a step', ...sizes.map(columns)]
  const main = rows.map((row) => [
    row.title,
    ...sizes.map((size) => cell(row.outcomes[size.name], best(rows, size))),
  ])
  const { processor, cores, memoryBytes, system, node, date } = machine
  const absent = missing(rows)
  return [
    '# One SGD step of the two-layer net, float32\n',
    `${table(head, main)}\n`,
    `${notes(rounds)}\n`,
    `${[...remarks(rows), ...absent].join('\n')}\n`,
    `Printed by \`${command}\` on ${date}: ${processor}, ${cores} cores, ${mebibytes(memoryBytes)} MiB, ${system}, Node ${node}.\n`,
    '## Behind the table\n',
    ...sizes.map((size) => detailsOf(rows, size)),
  ].join('\n')
}
