import type { AnyTensor } from '../../tensor/tensor.ts'
import type { SizeNames } from './sizes.ts'
import { annotated, base, term, type Term } from './term.ts'

/** What the rules need to know to write a tensor. */
export interface Page {
  readonly sizes: SizeNames
  /** Whether shapes are written below the factors. */
  readonly shapes: boolean
  /** The symbol of a named tensor. */
  readonly symbolFor: (name: string) => string
}

const below = (page: Page, sizes: readonly number[]): string | undefined =>
  page.shapes && sizes.length > 0 ? page.sizes.shape(sizes) : undefined

/** A symbol with its shape below. */
export const symbolTerm = (page: Page, tex: string, sizes: readonly number[]): Term => ({
  ...term(annotated(tex, below(page, sizes)), 'application'),
  symbol: { tex, sizes },
})

/** A term with a superscript, which a symbol has above its shape; `sizes` are those of the result. */
export function raised(page: Page, x: Term, superscript: string, sizes: readonly number[]): Term {
  if (x.symbol === undefined)
    return term(`${x.tightness === 'application' ? x.tex : `(${x.tex})`}^{${superscript}}`, 'power')
  return term(annotated(`${base(x.symbol.tex)}^{${superscript}}`, below(page, sizes)), 'power')
}

/** A term with the shape of its tensor below, as for one that is then broadcast. */
export const braced = (page: Page, x: Term, { shape }: AnyTensor): Term => {
  const shown = below(page, shape)
  return shown === undefined || x.symbol !== undefined
    ? x
    : term(`\\underbrace{${x.tex}}_{${shown}}`, 'application')
}
