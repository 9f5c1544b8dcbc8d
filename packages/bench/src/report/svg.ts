/** A picture being put together: elements of SVG as text. */
export type Shapes = readonly string[]

export const ink = '#1f2933'
export const faint = '#7b8794'
export const hairline = '#e4e7eb'

/** A colour for each series, told apart by eyes that do not see red or green, too. */
export const palette = ['#d1495b', '#00798c', '#edae49', '#30638e', '#8f5db7', '#6b705c'] as const

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

export interface TextStyle {
  readonly size?: number
  readonly anchor?: 'start' | 'middle' | 'end'
  readonly colour?: string
  readonly bold?: boolean
}

const rounded = (value: number): string => String(Math.round(100 * value) / 100)

export const textAt = (x: number, y: number, text: string, style: TextStyle = {}): string => {
  const { size = 12, anchor = 'start', colour = ink, bold = false } = style
  const weight = bold ? ' font-weight="600"' : ''
  return `<text x="${rounded(x)}" y="${rounded(y)}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}>${escaped(text)}</text>`
}

export const line = (x1: number, y1: number, x2: number, y2: number, colour: string, width = 1): string =>
  `<line x1="${rounded(x1)}" y1="${rounded(y1)}" x2="${rounded(x2)}" y2="${rounded(y2)}" stroke="${colour}" stroke-width="${width}"/>`

export const circle = (x: number, y: number, radius: number, colour: string): string =>
  `<circle cx="${rounded(x)}" cy="${rounded(y)}" r="${radius}" fill="${colour}"/>`

export const polyline = (points: readonly (readonly [number, number])[], colour: string): string =>
  `<polyline points="${points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ')}" fill="none" stroke="${colour}" stroke-width="2" stroke-linejoin="round"/>`

/** A whole picture on white. */
export const picture = (width: number, height: number, shapes: Shapes): string =>
  [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif">`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    ...shapes,
    '</svg>',
    '',
  ].join('\n')

/** A logarithmic axis: from a range of values, widened to whole powers of ten, to a range of pixels. */
export interface LogAxis {
  readonly at: (value: number) => number
  /** The powers of ten on it. */
  readonly ticks: readonly number[]
}

export function logAxis(values: readonly number[], from: number, to: number): LogAxis {
  const finite = values.filter((value) => value > 0 && Number.isFinite(value))
  const first = finite.length > 0 ? Math.floor(Math.log10(Math.min(...finite)) + 1e-9) : 0
  const last = finite.length > 0 ? Math.ceil(Math.log10(Math.max(...finite)) - 1e-9) : 1
  const decades = Math.max(1, last - first)
  return {
    at: (value) => from + ((to - from) * (Math.log10(value) - first)) / decades,
    ticks: Array.from({ length: decades + 1 }, (_, i) => 10 ** (first + i)),
  }
}

/** A power of ten of microseconds, in the unit that reads best. */
export function duration(microseconds: number): string {
  const [value, unit] =
    microseconds >= 1e6
      ? [microseconds / 1e6, 's']
      : microseconds >= 1e3
        ? [microseconds / 1e3, 'ms']
        : [microseconds, 'µs']
  return `${Number(value.toPrecision(3))} ${unit}`
}
