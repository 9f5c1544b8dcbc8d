import { html, type Markup } from './markup.ts'

// `D = 64`, `fc1.W[0, 8]`, and a number with what belongs to it: `98.7 %`, `5.7 s`, `274 of 274`, `1.0e-7`.
const figures = /(\w+ = \d\S*|[\w.]+\[[\d, ]+\]|\d[\d,.]*(?:e-\d+| %| s\b| of \d[\d,]*))/

/** Text in which no line ends within a figure. */
export const unbroken = (text: string): Markup =>
  html`${text.split(figures).map((part, at) => (at % 2 === 1 ? html`<span class="whole">${part}</span>` : part))}`
