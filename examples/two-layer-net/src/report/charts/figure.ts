import { html, trusted, type Markup, type Part } from '../markup.ts'

/**
 * A drawing in SVG with a description for those who cannot see it and a caption for all.
 *
 * @param svg as a library wrote it
 * @param description what is to be seen, in a sentence
 */
export function figure(svg: string, description: string, caption: Part): Markup {
  const [opening = '<svg>'] = /^<svg[^>]*>/.exec(svg) ?? []
  const cleaned = opening.replace(/ (?:role|aria-\w+)="[^"]*"/g, '')
  const described = html`${trusted(cleaned.slice(0, -1))} role="img" aria-label="${description}">`
  return html`<figure>
    <div class="picture">${described}${trusted(svg.slice(opening.length))}</div>
    <figcaption>${caption}</figcaption>
  </figure>`
}

/** An entry of a legend: a mark in a colour, and what it stands for. */
export const key = (mark: 'line' | 'dashes' | 'dot' | 'ring', colour: string, text: string): Markup =>
  html`<span class="key"><i class="${mark}" style="color: ${colour}"></i>${text}</span>`
