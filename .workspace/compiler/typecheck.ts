import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { root } from '../setup.mjs'
import { parseDiagnostics, type Diagnostic } from './diagnostic.ts'

const compiler = join(root, 'node_modules', 'typescript')
const { bin } = JSON.parse(readFileSync(join(compiler, 'package.json'), 'utf8')) as { bin: { tsc: string } }

/** What the compiler finds wrong in a project, files named relative to the root. */
export function typecheck(project: string): readonly Diagnostic[] {
  const args = ['--noEmit', '--pretty', 'false', '--project', project]
  const { stdout, stderr, status } = spawnSync(process.execPath, [join(compiler, bin.tsc), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  const found = parseDiagnostics(stdout.replaceAll(`${root}${sep}`, ''))
  // A configuration error has no position, so it is none of the diagnostics: it must not pass for success.
  if (status !== 0 && found.length === 0) throw new Error(`tsc failed on ${project}:\n${stdout}${stderr}`)
  return found
}

/** The name that diagnostics give to a file. */
export const diagnosticName = (file: string): string => relative(root, file).replaceAll(sep, '/')
