import type { Family } from '../peers/catalog.ts'
import type { Size } from '../problem/sizes.ts'
import type { Measured } from '../run/outcome.ts'
import { circle, duration, faint, hairline, ink, line, logAxis, picture, textAt, type Shapes } from './svg.ts'
import type { Result, Row } from './result.ts'

const colours: Readonly<Record<Family, string>> = {
  Pullback: '#d1495b',
  JavaScript: '#00798c',
  Python: '#30638e',
  floor: '#9aa5b1',
}

const margin = { top: 84, right: 24, bottom: 46, left: 216 }
const panel = { width: 190, gap: 40 }
const rowHeight = 26

const measured = ({ outcomes }: Row, { name }: Size): Measured | undefined => {
  const outcome = outcomes[name]
  return outcome?.kind === 'measured' ? outcome : undefined
}

/** The rows that have something to show. */
const shown = ({ rows, sizes }: Result): readonly Row[] =>
  rows.filter((row) => sizes.some((size) => measured(row, size)))

function mark(
  found: Measured | undefined,
  y: number,
  left: number,
  colour: string,
  at: (v: number) => number,
) {
  const right = left + panel.width
  if (found === undefined) return [textAt(right, y + 4, '-', { anchor: 'end', colour: faint })]
  const { median, lowerQuartile, upperQuartile } = found.microseconds
  const x = at(median)
  const label = found.agrees ? duration(median) : `${duration(median)}, disagrees`
  const isNear = x > left + panel.width * 0.62
  return [
    line(at(lowerQuartile), y, at(upperQuartile), y, colour, 2.5),
    circle(x, y, 4.5, colour),
    isNear
      ? textAt(Math.min(x, at(lowerQuartile)) - 9, y + 4, label, { size: 11, anchor: 'end' })
      : textAt(Math.max(x, at(upperQuartile)) + 9, y + 4, label, { size: 11 }),
  ]
}

function panelOf(rows: readonly Row[], size: Size, left: number): Shapes {
  const medians = rows.flatMap((row) => measured(row, size)?.microseconds.median ?? [])
  const axis = logAxis(medians, left, left + panel.width)
  const bottom = margin.top + rows.length * rowHeight
  const { N, D, H, C } = size
  const every = Math.ceil(axis.ticks.length / 5)
  return [
    textAt(left, margin.top - 26, size.name, { size: 14, bold: true }),
    textAt(left, margin.top - 11, `N ${N}, D ${D}, H ${H}, C ${C}`, { size: 11, colour: faint }),
    ...axis.ticks.map((tick) => line(axis.at(tick), margin.top, axis.at(tick), bottom, hairline)),
    ...axis.ticks
      .filter((_, i) => i % every === 0)
      .map((tick) =>
        textAt(axis.at(tick), bottom + 16, duration(tick), {
          size: 10,
          anchor: tick === axis.ticks.at(-1) ? 'end' : tick === axis.ticks[0] ? 'start' : 'middle',
          colour: faint,
        }),
      ),
    ...rows.flatMap((row, i) =>
      mark(measured(row, size), margin.top + (i + 0.5) * rowHeight, left, colours[row.family], axis.at),
    ),
  ]
}

/** The table as a picture: a panel for every size, its time on a logarithmic axis, medians with their quartiles. */
export function toChart(result: Result): string {
  const rows = shown(result)
  const { sizes, machine } = result
  const width = margin.left + sizes.length * (panel.width + panel.gap) - panel.gap + margin.right
  const bottom = margin.top + rows.length * rowHeight
  const right = width - margin.right
  return picture(width, bottom + margin.bottom, [
    textAt(16, 30, 'One SGD step of the two-layer net, float32', { size: 17, bold: true }),
    textAt(right, 30, `${machine.processor}, ${machine.cores} cores, Node ${machine.node}`, {
      size: 11,
      anchor: 'end',
      colour: faint,
    }),
    ...rows.flatMap((row, i) => {
      const y = margin.top + (i + 0.5) * rowHeight
      const isFirst = row.family !== rows[i - 1]?.family
      const rule = line(16, y - rowHeight / 2, right, y - rowHeight / 2, '#cbd2d9')
      const name = textAt(16, y + 4, row.title, {
        bold: row.family === 'Pullback',
        colour: row.family === 'floor' ? faint : ink,
      })
      return isFirst ? [rule, name] : [name]
    }),
    ...sizes.flatMap((size, i) => panelOf(rows, size, margin.left + i * (panel.width + panel.gap))),
    textAt(right, bottom + 36, 'medians and quartiles of the rounds; left is faster', {
      size: 11,
      anchor: 'end',
      colour: faint,
    }),
  ])
}
