import {
  circle,
  duration,
  faint,
  hairline,
  line,
  logAxis,
  palette,
  picture,
  polyline,
  textAt,
  type LogAxis,
  type Shapes,
} from '../report/svg.ts'
import type { Dimension, Growth, Point } from './growth.ts'

const margin = { top: 92, right: 28, bottom: 64, left: 72 }
const panel = { width: 230, height: 230, gap: 40 }

const names: Readonly<Record<Dimension, string>> = {
  N: 'examples N',
  D: 'inputs D',
  H: 'hidden units H',
  layers: 'layers',
  alike: 'layers, all 64 x 64',
}

/** A dashed line of slope one, from the last point of a line back: what linear growth looks like. */
function guide(points: readonly Point[], x: LogAxis, y: LogAxis): Shapes {
  const last = points.at(-1)
  const first = points[0]
  if (last === undefined || first === undefined) return []
  const lowest = y.ticks[0] ?? 1
  const start = Math.max(first.value, (last.value * lowest) / last.microseconds)
  const from = line(
    x.at(start),
    y.at((last.microseconds * start) / last.value),
    x.at(last.value),
    y.at(last.microseconds),
    faint,
  )
  return [from.replace('/>', ' stroke-dasharray="3 4"/>')]
}

function panelOf(growths: readonly Growth[], colourOf: (title: string) => string, left: number, y: LogAxis) {
  const values = growths.flatMap(({ points }) => points.map(({ value }) => value))
  const right = left + panel.width
  const bottom = margin.top + panel.height
  const x = logAxis(values, left, right)
  const dimension = growths[0]?.dimension
  return [
    ...x.ticks.map((tick) => line(x.at(tick), margin.top, x.at(tick), bottom, hairline)),
    ...y.ticks.map((tick) => line(left, y.at(tick), right, y.at(tick), hairline)),
    ...x.ticks.map((tick) =>
      textAt(x.at(tick), bottom + 17, tick.toLocaleString('en-US'), {
        size: 11,
        anchor: 'middle',
        colour: faint,
      }),
    ),
    ...(dimension ? [textAt((left + right) / 2, bottom + 38, names[dimension], { anchor: 'middle' })] : []),
    ...growths.flatMap(({ title, points }) => {
      const colour = colourOf(title)
      const places = points.map(({ value, microseconds }) => [x.at(value), y.at(microseconds)] as const)
      return [
        ...guide(points, x, y),
        polyline(places, colour),
        ...places.map(([px, py]) => circle(px, py, 3.5, colour)),
      ]
    }),
  ]
}

/** How the cost of a step grows, a panel for each dimension, both axes logarithmic; the dashed lines are linear. */
export function toPlot(growths: readonly Growth[]): string {
  const dimensions = [...new Set(growths.map(({ dimension }) => dimension))]
  const titles = [...new Set(growths.map(({ title }) => title))]
  const colourOf = (title: string): string => palette[titles.indexOf(title) % palette.length] ?? faint
  const times = growths.flatMap(({ points }) => points.map(({ microseconds }) => microseconds))
  const y = logAxis(times, margin.top + panel.height, margin.top)
  const width = margin.left + dimensions.length * (panel.width + panel.gap) - panel.gap + margin.right
  const spacing = 190
  return picture(width, margin.top + panel.height + margin.bottom, [
    textAt(16, 30, 'How the cost of a step grows', { size: 17, bold: true }),
    ...titles.flatMap((title, i) => [
      circle(22 + i * spacing, 54, 5, colourOf(title)),
      textAt(34 + i * spacing, 58, title),
    ]),
    textAt(width - margin.right, 30, 'dashed: linear', { size: 11, anchor: 'end', colour: faint }),
    ...y.ticks.map((tick) =>
      textAt(margin.left - 10, y.at(tick) + 4, duration(tick), { size: 11, anchor: 'end', colour: faint }),
    ),
    ...dimensions.flatMap((dimension, i) =>
      panelOf(
        growths.filter((growth) => growth.dimension === dimension),
        colourOf,
        margin.left + i * (panel.width + panel.gap),
        y,
      ),
    ),
  ])
}
