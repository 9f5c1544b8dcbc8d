import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, run } from '../setup.mjs'

export interface File {
  /** The path relative to the root, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** The files that git tracks or would, or undefined outside a git repository. */
export function trackedFiles(): readonly File[] | undefined {
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard']
  const { ok, stdout } = run('git', args, { capture: true })
  if (!ok) return undefined
  const paths = [...new Set(stdout.split('\0'))].filter((path) => path !== '' && existsSync(join(root, path)))
  return paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}
