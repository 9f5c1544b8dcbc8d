import type { Net, TreeRecord } from '@pullback/core'
import { showTick } from '../../numbers/scientific.ts'
import { classNames, type Task } from '../../task/task.ts'
import { predictions, type Predictions } from '../../training/predictions.ts'
import { classColour, css } from '../classColours.ts'
import { pngAddress, type Picture } from '../images/png.ts'
import type { DrawChart } from '../libraries/echarts.ts'
import { html, printable, type Markup } from '../markup.ts'
import { figure, key } from './figure.ts'
import { extentOf, gridOver, pointsOf, type Point } from './plane.ts'
import { axis, theme } from './theme.ts'

const cells = 240
const mostPoints = 2000

/** Every cell in the colour of the class predicted there, the fainter the less sure. */
function ground({ classes, confidences }: Predictions, count: number): Picture {
  const pixels = new Uint8Array(4 * cells * cells)
  for (const [at, number] of classes.entries()) {
    const sure = ((confidences[at] ?? 0) - 1 / count) / (1 - 1 / count)
    pixels.set([...classColour(number), Math.round(255 * (0.06 + 0.34 * sure))], 4 * at)
  }
  return { width: cells, height: cells, pixels }
}

const dots = (points: readonly Point[], number: number, filled: boolean): object => ({
  type: 'scatter',
  data: points.filter(({ label }) => label === number).map(({ x, y }) => [x, y]),
  symbolSize: filled ? 6 : 7,
  silent: true,
  itemStyle: filled
    ? { color: css(classColour(number)), borderColor: 'var(--paper)', borderWidth: 0.7 }
    : { color: 'transparent', borderColor: css(classColour(number)), borderWidth: 1.8 },
})

/** The plane as a net of two inputs divides it among the classes, with the points it learnt from and was judged by. */
export function decisionBoundary(draw: DrawChart, net: Net, params: TreeRecord, task: Task): Markup {
  const train = pointsOf(task.train, mostPoints)
  const validation = pointsOf(task.validation, mostPoints)
  const extent = extentOf([...train, ...validation])
  const predicted = predictions(net, params, gridOver(extent, cells))
  const image = pngAddress(ground(predicted, task.train.classes))
  const names = classNames(task.train)
  const [nameX = 'x', nameY = 'y'] = task.train.featureNames ?? []
  const named = (name: string): string => `${shortened(name)}${task.standardised ? ' (standardised)' : ''}`
  interface Api {
    readonly coord: (point: readonly number[]) => readonly [number, number]
  }
  const renderItem = (_: unknown, api: Api) => {
    const [left, top] = api.coord([extent.x[0], extent.y[1]])
    const [right, bottom] = api.coord([extent.x[1], extent.y[0]])
    return { type: 'image', style: { image, x: left, y: top, width: right - left, height: bottom - top } }
  }
  const rounded = {
    color: 'var(--ink)',
    fontSize: 13,
    formatter: showTick,
    showMinLabel: false,
    showMaxLabel: false,
  }
  const split = { splitLine: { show: false }, axisLabel: rounded }
  const svg = draw(
    {
      ...theme,
      grid: { left: 60, right: 14, top: 14, bottom: 52 },
      xAxis: axis(named(nameX), 'x', { ...split, min: extent.x[0], max: extent.x[1] }),
      yAxis: axis(named(nameY), 'y', { ...split, min: extent.y[0], max: extent.y[1], nameGap: 40 }),
      series: [
        { type: 'custom', renderItem, data: [[0, 0]], silent: true, z: 0 },
        ...names.flatMap((_, number) => [dots(train, number, true), dots(validation, number, false)]),
      ],
    },
    { width: 560, height: 552 },
  )
  const legend = names.map((name, number) => key('dot', css(classColour(number)), `class ${name}`))
  const drawing = figure(
    svg,
    `Map of the plane divided among ${names.length} classes as the net predicts them, with ${train.length} training and ${validation.length} validation points.`,
    html`What the net predicts in the plane, the fainter the less sure. ${legend}
    ${key('dot', 'var(--ink)', 'training')} ${key('ring', 'var(--ink)', 'validation')}`,
  )
  return html`<div class="map">${drawing}</div>`
}

/** A name as it fits an axis. */
const shortened = (name: string): string => printable(name.length > 30 ? `${name.slice(0, 29)}…` : name)
