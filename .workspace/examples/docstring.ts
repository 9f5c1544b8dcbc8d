import type { Block } from './block.ts'

const comment = /^[ \t]*\/\*\*[^\n]*\n(?:[ \t]*\*(?!\/)[^\n]*\n)*[ \t]*\*\//gm
const star = /^[ \t]*\* ?/
const tag = /^@\w/

/** The code below every `@example` of the docstrings, each up to the next tag or the end of its comment. */
export function readDocstrings(source: string): readonly Block[] {
  const blocks: Block[] = []
  for (const { 0: text, index } of source.matchAll(comment)) {
    const first = source.slice(0, index).split('\n').length
    const lines = text.split('\n').slice(0, -1)
    for (const [position, line] of lines.entries()) {
      if (!/^@example\b/.test(line.replace(star, ''))) continue
      if (line.trimEnd().endsWith('@example')) {
        const rest = lines.slice(position + 1)
        const end = rest.findIndex((next) => tag.test(next.replace(star, '')))
        const code = (end === -1 ? rest : rest.slice(0, end)).map((code) =>
          code.replace(star, (prefix) => ' '.repeat(prefix.length)),
        )
        blocks.push({ opening: first + position, code })
      } else
        throw new SyntaxError(`line ${first + position}: the code of @example starts on the line below it`)
    }
  }
  return blocks
}
