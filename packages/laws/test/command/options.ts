/** What a command is told: `--name value` and, without a value, `--name`. */
export interface Options {
  readonly number: (name: string, otherwise: number) => number
  readonly text: (name: string, otherwise: string) => string
}

export function optionsOf(args: readonly string[]): Options {
  const after = (name: string): string | undefined => {
    const at = args.indexOf(`--${name}`)
    return at === -1 ? undefined : args[at + 1]
  }
  return {
    number(name, otherwise) {
      const text = after(name)
      const value = text === undefined ? otherwise : Number(text)
      if (!Number.isFinite(value)) throw new RangeError(`--${name} takes a number, not ${text}`)
      return value
    },
    text: (name, otherwise) => after(name) ?? otherwise,
  }
}

/** The part of the work that is this process's own, of `--worker 1/2`; all of it without. */
export function shareOf(options: Options): { readonly index: number; readonly count: number } | undefined {
  const text = options.text('worker', '')
  const [index, count] = text.split('/').map(Number)
  return text === '' || index === undefined || count === undefined ? undefined : { index, count }
}
