import { rewriteAssertions } from './assertion.ts'
import type { Page } from './block.ts'
import { dropRepeatedImports } from './imports.ts'

/**
 * The text of the module that runs a page. Its lines are those of the page, so that what the compiler and the
 * runtime say about a line holds for the page: line 1, which never is code, holds the prelude, and the line that
 * opens a block tells the recorder `$` that the block is reached.
 */
export function moduleText(page: Page, recorder: string): string {
  const lines = [
    `import { recorderOf } from '${recorder}'; ${page.prelude}const $ = recorderOf(import.meta.url); `,
  ]
  for (const { opening, code } of page.blocks) {
    while (lines.length < opening) lines.push('')
    lines[opening - 1] += `;$.reach(${opening})`
    lines.push(...rewriteAssertions(code, opening + 1))
  }
  return `${dropRepeatedImports(lines.join('\n'))}\nexport {}\n`
}
