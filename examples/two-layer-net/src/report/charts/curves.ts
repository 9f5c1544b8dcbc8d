import type { Epoch } from '../../training/history.ts'
import { percent } from '../../numbers/percent.ts'
import type { DrawChart } from '../libraries/echarts.ts'
import { html, type Markup } from '../markup.ts'
import { figure, key } from './figure.ts'
import { logExtent } from './logExtent.ts'
import { showLoss } from '../../numbers/scientific.ts'
import { axis, theme } from './theme.ts'

const size = { width: 520, height: 330 }
const mostPoints = 300

/** Evenly chosen epochs, the first and last among them, so that long runs do not make large pages. */
function thinned(history: readonly Epoch[]): readonly Epoch[] {
  if (history.length <= mostPoints) return history
  const last = history.length - 1
  return Array.from({ length: mostPoints }, (_, at) => Math.round((at * last) / (mostPoints - 1))).flatMap(
    (at) => history[at] ?? [],
  )
}

type Pick = (measured: Epoch['train']) => number | undefined

const line = (name: 'train' | 'validation', history: readonly Epoch[], pick: Pick): object => ({
  type: 'line',
  name,
  data: history.map((epoch) => [epoch.epoch, pick(epoch[name]) ?? null]),
  showSymbol: history.length === 1,
  silent: true,
  lineStyle: { width: 2.5, color: `var(--${name})`, type: name === 'train' ? 'solid' : [6, 4] },
  itemStyle: { color: `var(--${name})` },
})

function curves(
  draw: DrawChart,
  history: readonly Epoch[],
  { name, pick, yAxis }: { readonly name: string; readonly pick: Pick; readonly yAxis: object },
): string {
  const shown = thinned(history)
  const last = shown.at(-1)?.epoch ?? 1
  return draw(
    {
      ...theme,
      grid: { left: 66, right: 18, top: 16, bottom: 48 },
      xAxis: axis('epoch', 'x', {
        min: Math.min(1, last - 1),
        max: last,
        minInterval: 1,
        splitLine: { show: false },
      }),
      yAxis: axis(name, 'y', yAxis),
      series: [line('train', shown, pick), line('validation', shown, pick)],
    },
    size,
  )
}

const legend = html`${key('line', 'var(--train)', 'training, mean over the epoch')}
${key('dashes', 'var(--validation)', 'validation, at its end')}`

/** The loss, penalties included, over the epochs, on a logarithmic axis where it falls far. */
export function lossCurves(draw: DrawChart, history: readonly Epoch[]): Markup {
  const [first, last] = [history[0]?.train.loss ?? 0, history.at(-1)?.train.loss ?? 0]
  const losses = history.flatMap(({ train, validation }) => [train.loss, validation.loss])
  const range = losses.reduce((a, b) => Math.max(a, b), 0) / losses.reduce((a, b) => Math.min(a, b), Infinity)
  const yAxis =
    range > 20 && range < Infinity
      ? { type: 'log', ...logExtent(losses), minorSplitLine: { show: false } }
      : { min: 0 }
  return figure(
    curves(draw, history, { name: 'loss', pick: ({ loss }) => loss, yAxis }),
    `Line chart of the loss by epoch: the training loss goes from ${showLoss(first)} to ${showLoss(last)}.`,
    html`Loss, with its penalties. ${legend}`,
  )
}

/** The accuracy over the epochs. */
export function accuracyCurves(draw: DrawChart, history: readonly Epoch[]): Markup {
  const last = history.at(-1)
  const reached = percent(last?.validation.accuracy ?? 0)
  const yAxis = {
    max: 1,
    scale: true,
    axisLabel: {
      color: 'var(--ink)',
      fontSize: 13,
      formatter: (share: number) => `${Number((share * 100).toFixed(2))} %`,
    },
  }
  return figure(
    curves(draw, history, { name: 'accuracy', pick: ({ accuracy }) => accuracy, yAxis }),
    `Line chart of the accuracy by epoch: that of the validation examples ends at ${reached}.`,
    html`Accuracy. ${legend}`,
  )
}
