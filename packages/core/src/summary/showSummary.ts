import { showShape } from '../tensor/shape.ts'
import type { Summary, SummaryRow, Totals } from './summary.ts'

const thousands = (value: number): string => String(value).replace(/\B(?=(?:\d{3})+$)/g, ',')

const label = ({ role, path, depth }: SummaryRow): string =>
  role === 'penalty' ? `penalty on ${path}` : `${'  '.repeat(depth)}${depth === 0 ? path : lastName(path)}`

const lastName = (path: string): string => path.slice(path.lastIndexOf('.') + 1)

const layerOf = ({ title, shares }: SummaryRow): string =>
  shares === undefined ? title : `${title} = ${shares}`

const numbers = ({ parameters, forward, backward }: Totals): readonly string[] =>
  [parameters, forward, backward].map(thousands)

const isLeftAligned = (column: number): boolean => column < 3

function alignedLines(table: readonly (readonly string[])[]): readonly string[] {
  const widths = (table[0] ?? []).map((_, column) =>
    table.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), 0),
  )
  return table.map((row) =>
    row
      .map((cell, column) =>
        isLeftAligned(column) ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  )
}

/**
 * A summary as an aligned table of text, nested nodes indented, a shared layer followed by the node it comes from.
 *
 * @example
 * console.log(showSummary(summary(sequential(['N', 2], ['fc', affine(2, 3)], ['act', relu()]))).split('\n').at(3))
 * // => 'fc     affine(2, 3)  [N, 3]           9       15        27'
 */
export function showSummary({ rows, sizes, total }: Summary): string {
  const table = alignedLines([
    ['node', 'layer', 'output', 'parameters', 'forward', 'backward'],
    ...rows.map((row) => [label(row), layerOf(row), showShape(row.shape), ...numbers(row)]),
    ['total', '', '', ...numbers(total)],
  ])
  const rule = '-'.repeat(table.reduce((width, line) => Math.max(width, line.length), 0))
  const bound = Object.entries(sizes).map(([name, size]) => `${name} = ${size}`)
  return [
    table[0],
    rule,
    ...table.slice(1, -1),
    rule,
    table.at(-1),
    `forward and backward in FLOPs${bound.length > 0 ? ` for ${bound.join(', ')}` : ''}`,
  ].join('\n')
}
