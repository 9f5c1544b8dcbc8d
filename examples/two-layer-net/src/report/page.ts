import { html, trusted, type Markup, type Part } from './markup.ts'

/** A section of a page; one without content is left out. */
export interface Section {
  readonly title: string
  readonly content: Part
}

// The page loads nothing and runs nothing, whatever may have slipped into it.
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"

/** A page that stands alone: its styles, fonts and pictures are in it. */
export function page(
  title: string,
  styles: readonly string[],
  head: Markup,
  sections: readonly Section[],
): string {
  const shown = sections
    .filter(({ content }) => content !== undefined)
    .map(
      ({ title, content }) =>
        html`<section>
          <h2>${title}</h2>
          ${content}
        </section> `,
    )
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <style>
          ${trusted(styles.join('\n'))}
        </style>
      </head>
      <body>
        <header>${head}</header>
        <main>${shown}</main>
        <footer>Made by Pullback, in which a neural net is a value.</footer>
      </body>
    </html> `.markup
}
