// The type declarations of the package need the DOM, which core must not know.
interface Graphviz {
  readonly render: (
    dot: string,
    options: { readonly format: string },
  ) => {
    readonly status: 'success' | 'failure'
    readonly output?: string
    readonly errors: readonly { readonly message: string }[]
  }
}

const specifier: string = '@viz-js/viz'

/** Graphviz itself, compiled to WebAssembly. */
export async function graphviz(): Promise<Graphviz> {
  const { instance } = (await import(specifier)) as { readonly instance: () => Promise<Graphviz> }
  return instance()
}
