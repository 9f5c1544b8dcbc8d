import type { Block } from './block.ts'

/** How a fenced block is treated: `ts`, `ts no-run` (type-checked only) or `ts fragment` (skipped). */
export type Treatment = 'run' | 'no-run' | 'fragment'

export interface Fence extends Block {
  readonly treatment: Treatment
}

const opening = /^(?<fence>`{3,}|~{3,})(?:ts|typescript)(?:[ \t]+(?<word>\S+))?[ \t]*$/
const anyOpening = /^(?<fence>`{3,}|~{3,})/

function treatmentOf(word: string | undefined, line: number): Treatment {
  if (word === undefined) return 'run'
  if (word === 'no-run' || word === 'fragment') return word
  throw new SyntaxError(`line ${line}: a ts block is tagged no-run or fragment, not '${word}'`)
}

/** The TypeScript blocks of a Markdown page. */
export function readMarkdown(source: string): readonly Fence[] {
  const lines = source.split(/\r?\n/)
  const blocks: Fence[] = []
  for (let position = 0; position < lines.length; position += 1) {
    const line = lines[position] ?? ''
    const fence = anyOpening.exec(line)?.groups?.['fence']
    if (fence === undefined) continue
    const length = lines.slice(position + 1).findIndex((text) => text.trimEnd() === fence)
    const end = length === -1 ? lines.length : position + 1 + length
    const typescript = opening.exec(line)?.groups
    if (typescript !== undefined)
      blocks.push({
        opening: position + 1,
        code: lines.slice(position + 1, end),
        treatment: treatmentOf(typescript['word'], position + 1),
      })
    position = end
  }
  return blocks
}
