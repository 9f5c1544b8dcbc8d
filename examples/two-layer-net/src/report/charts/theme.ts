import { showTick } from '../../numbers/scientific.ts'

// Colours are those of the page, so that charts follow it into the dark.
const ink = 'var(--ink)'
const faint = 'var(--line)'

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif'

/** What the charts of the report have in common, to be spread into an option of ECharts. */
export const theme = {
  animation: false,
  backgroundColor: 'transparent',
  textStyle: { fontFamily: font, color: ink },
} as const

/** An axis of numbers with its name. */
export const axis = (name: string, place: 'x' | 'y', more: object = {}): object => ({
  type: 'value',
  name,
  nameLocation: 'middle',
  nameGap: place === 'x' ? 30 : 46,
  nameTextStyle: { color: ink, fontSize: 14 },
  axisLabel: { color: ink, fontSize: 13, hideOverlap: true, formatter: showTick },
  axisLine: { show: true, onZero: false, lineStyle: { color: faint } },
  axisTick: { lineStyle: { color: faint } },
  splitLine: { lineStyle: { color: faint } },
  minorTick: { show: false },
  ...more,
})
