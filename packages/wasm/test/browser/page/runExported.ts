/** A function to run: the address of its module, and its name there. */
export interface Job {
  readonly module: string
  readonly name: string
}

/** Runs an exported function without arguments; what it gives must be JSON. */
export async function runExported({ module, name }: Job): Promise<unknown> {
  const exported = (await import(/* @vite-ignore */ module)) as Readonly<
    Record<string, () => Promise<unknown>>
  >
  const test = exported[name]
  if (test === undefined) throw new Error(`${module} exports no '${name}'`)
  return test()
}
