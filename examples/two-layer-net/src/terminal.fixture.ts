import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { rmSync } from 'node:fs'
import { run } from './run.ts'
import type { Terminal } from './terminal.ts'

/** An empty folder that is gone when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'two-layer-net-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** What can be set of a recorded terminal. */
export type World = Partial<Pick<Terminal, 'env' | 'cwd' | 'interrupted'>> & {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** A terminal that keeps what is written to it. */
export function recordedTerminal(world: World = {}) {
  const written = { stdout: '', stderr: '' }
  const {
    isTTY = false,
    columns = 80,
    env = {},
    cwd = '.',
    interrupted = new AbortController().signal,
  } = world
  const terminal: Terminal = {
    stdout: { isTTY, columns, write: (text) => (written.stdout += text) },
    stderr: { isTTY, columns, write: (text) => (written.stderr += text) },
    env,
    cwd,
    interrupted,
  }
  return { terminal, written }
}

/** Runs the program with a recorded terminal. */
export async function ran(argv: readonly string[], world: World = {}) {
  const { terminal, written } = recordedTerminal(world)
  return { code: await run(argv, terminal), ...written }
}
