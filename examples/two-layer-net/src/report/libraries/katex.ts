import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

// The type declarations of the package need those of a browser.
interface KaTeX {
  readonly renderToString: (
    tex: string,
    options: { readonly displayMode: true; readonly throwOnError: true; readonly output: 'htmlAndMathml' },
  ) => string
}

const specifier: string = 'katex'

/** What sets equations: the markup of an equation in LaTeX, and the style that all of them need, fonts included. */
export interface Typesetter {
  readonly typeset: (tex: string) => string
  readonly style: string
}

// The fonts that equations of nets need; the others would make the page larger for nothing.
const fonts = /KaTeX_(?:Main-Regular|Main-Bold|Math-Italic|AMS-Regular|Size[1-4]-Regular)\.woff2/

async function styleWithFonts(): Promise<string> {
  const file = createRequire(import.meta.url).resolve('katex/dist/katex.min.css')
  const css = await readFile(file, 'utf8')
  const faces = css.match(/@font-face\{[^}]*\}/g) ?? []
  const inlined = await Promise.all(
    faces.map(async (face) => {
      const [name] = fonts.exec(face) ?? []
      if (name === undefined) return ''
      const bytes = await readFile(join(dirname(file), 'fonts', name))
      const address = `url(data:font/woff2;base64,${bytes.toString('base64')}) format("woff2")`
      return face.replace(/src:[^;}]*/, `src:${address}`)
    }),
  )
  return inlined.join('') + css.replace(/@font-face\{[^}]*\}/g, '')
}

/** KaTeX, which sets equations without a browser. */
export async function katex(): Promise<Typesetter> {
  const { default: program } = (await import(specifier)) as { readonly default: KaTeX }
  return {
    typeset: (tex) =>
      program.renderToString(tex, { displayMode: true, throwOnError: true, output: 'htmlAndMathml' }),
    style: await styleWithFonts(),
  }
}
