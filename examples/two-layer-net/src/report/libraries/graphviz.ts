// The type declarations of the package need those of a browser.
interface Viz {
  readonly renderString: (dot: string, options: { readonly format: 'svg' }) => string
}

const specifier: string = '@viz-js/viz'

/** Graphviz, compiled to WebAssembly: from a graph in the DOT language to SVG, without the prologue of XML. */
export async function graphviz(): Promise<(dot: string) => string> {
  const { instance } = (await import(specifier)) as { readonly instance: () => Promise<Viz> }
  const viz = await instance()
  return (dot) => {
    const svg = viz.renderString(dot, { format: 'svg' })
    return svg.slice(svg.indexOf('<svg'))
  }
}
