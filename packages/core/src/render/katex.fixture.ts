// The type declarations of the package need the DOM, which core must not know.
interface Katex {
  readonly renderToString: (
    tex: string,
    options: { readonly throwOnError: boolean; readonly displayMode: boolean; readonly strict: 'error' },
  ) => string
}

const specifier: string = 'katex'

/** The markup that KaTeX makes of an equation; throws what it has against it. */
export async function katex(): Promise<(tex: string) => string> {
  const { default: program } = (await import(specifier)) as { readonly default: Katex }
  return (tex) => program.renderToString(tex, { throwOnError: true, displayMode: true, strict: 'error' })
}
