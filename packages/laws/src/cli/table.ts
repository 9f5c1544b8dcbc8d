import type { Colours } from '../report/colours.ts'
import type { Result } from './result.ts'

const heads = ['layer', 'law', 'runs', 'verdict', 'undecided'] as const

const right = new Set([2, 4])

const percent = (share: number): string => `${(100 * share).toFixed(share > 0 && share < 0.1 ? 2 : 0)} %`

const cellsOf = (result: Result, previous: Result | undefined): readonly string[] => [
  result.layer === previous?.layer ? '' : result.layer,
  result.law,
  String(result.runs),
  result.failure === undefined ? 'holds' : 'violated',
  percent(result.undecided),
]

/** The results as a table, one line a law. */
export function table(results: readonly Result[], { good, bad, faint }: Colours): string {
  const rows = results.map((result, place) => cellsOf(result, results[place - 1]))
  const widths = heads.map((head, column) =>
    Math.max(head.length, ...rows.map((row) => (row[column] ?? '').length)),
  )
  const line = (cells: readonly string[], paint: (cell: string, column: number) => string): string =>
    cells
      .map((cell, column) => {
        const space = ' '.repeat((widths[column] ?? 0) - cell.length)
        return right.has(column) ? `${space}${paint(cell, column)}` : `${paint(cell, column)}${space}`
      })
      .join('  ')
      .trimEnd()
  return [
    line(heads, faint),
    ...rows.map((row) =>
      line(row, (cell, column) => (column === 3 ? (cell === 'holds' ? good : bad)(cell) : cell)),
    ),
  ].join('\n')
}
