/** Markup that is safe to put into a page: text in it is escaped. */
export interface Markup {
  readonly markup: string
}

/** What may stand in a template: text, which is escaped, markup, which is not, and lists of both. */
export type Part = string | number | Markup | undefined | readonly Part[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

// Neither HTML nor XML knows these characters, escaped or not: controls but for white space, halves of pairs, non-characters.
const forbidden = /(?![\t\n\r])\p{Control}|\p{Surrogate}|[\uFFFE\uFFFF]/gu

/** Text with a replacement character for what no page can hold. */
export const printable = (text: string): string => text.replace(forbidden, '\uFFFD')

/** Text as it stands in elements and in quoted attributes. */
export const escaped = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (character) => entities[character] ?? character)

/** Markup that some library or this program wrote. */
export const trusted = (markup: string): Markup => ({ markup })

function rendered(part: Part): string {
  if (part === undefined) return ''
  if (typeof part === 'string') return escaped(part)
  if (typeof part === 'number') return `${part}`
  return 'markup' in part ? part.markup : part.map(rendered).join('')
}

/** A template of HTML: what is put into it is escaped unless it is markup. */
export const html = (literals: TemplateStringsArray, ...parts: readonly Part[]): Markup =>
  trusted(literals.map((literal, position) => literal + rendered(parts[position])).join(''))
