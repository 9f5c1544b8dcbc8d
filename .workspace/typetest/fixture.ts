/** A statement that must not compile: the lines below its marker, up to the next blank line or marker. */
export interface Case {
  readonly name: string
  /** The line of the first statement line, counted from 1. */
  readonly start: number
  readonly lines: readonly string[]
}

const marker = /^\s*\/\/ error: (?<name>.+?)\s*$/

/** The cases that a fixture marks with `// error: name`. */
export function readCases(source: string): readonly Case[] {
  const lines = source.split(/\r?\n/)
  const cases: Case[] = []
  for (const [index, line] of lines.entries()) {
    const name = marker.exec(line)?.groups?.['name']
    if (name === undefined) continue
    const rest = lines.slice(index + 1)
    const length = rest.findIndex((text) => text.trim() === '' || marker.test(text))
    cases.push({ name, start: index + 2, lines: length === -1 ? rest : rest.slice(0, length) })
  }
  return cases
}
