import type { Diagnostic } from '../compiler/diagnostic.ts'
import type { Block, Page } from './block.ts'
import { messageOf, type Recorder } from './recorder.ts'

/** How a module ended: what it recorded, and the error that ended it early, if one did. */
export interface Outcome {
  readonly recorder: Recorder
  readonly crash?: unknown
}

/** Whether a line belongs to a block; what comes before the first block, the prelude, is part of the first. */
function holds({ blocks }: Page, block: Block, line: number): boolean {
  const index = blocks.indexOf(block)
  const from = index === 0 ? 0 : block.opening
  const next = blocks[index + 1]
  return line >= from && (next === undefined || line < next.opening)
}

/** The block at which a module that ended early did so. */
const crashed = ({ blocks }: Page, { recorder, crash }: Outcome): Block | undefined =>
  crash === undefined
    ? undefined
    : (blocks.findLast(({ opening }) => recorder.reached.includes(opening)) ?? blocks[0])

/** All that is wrong with one block of a page, a sentence each that starts with the place. */
export function problemsOf(
  page: Page,
  block: Block,
  errors: readonly Diagnostic[],
  outcome: Outcome | undefined,
): readonly string[] {
  const compiler = errors
    .filter(({ line }) => holds(page, block, line))
    .map(({ line, code, message }) => `${page.file}:${line}: ${code}: ${message}`)
  if (outcome === undefined) return compiler
  const values = outcome.recorder.failures
    .filter(({ line }) => holds(page, block, line))
    .map(({ line, message }) => `${page.file}:${line}: ${message}`)
  const end = crashed(page, outcome)
  const crash =
    end === block ? [`${page.file}:${block.opening}: ended early: ${messageOf(outcome.crash)}`] : []
  const unreached =
    end !== block && !outcome.recorder.reached.includes(block.opening)
      ? [
          `${page.file}:${block.opening}: not reached, as the block at line ${end?.opening ?? '?'} ended the page`,
        ]
      : []
  return [...compiler, ...values, ...crash, ...unreached]
}
