import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root, run } from '../setup.mjs'
import { packAll, readManifest } from './tarballs.ts'

/** A user's folder outside the workspace, with the packed packages installed. */
export interface Consumer {
  readonly folder: string
  /** The names of the installed packages of this workspace. */
  readonly packages: readonly string[]
}

const { devDependencies } = readManifest(root) as { devDependencies?: Readonly<Record<string, string>> }

/** A package of the workspace's tools at the workspace's own version. */
const tool = (name: string): string => `${name}@${devDependencies?.[name] ?? 'latest'}`

/** The codecs that kinds of layers are declared with, at the version that core depends on. */
const codecs = `io-ts@${readManifest(join(root, 'packages', 'core')).dependencies?.['io-ts'] ?? 'latest'}`

/** Runs npm in a folder and fails with its output. */
export function npm(folder: string, args: readonly string[]): void {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline']
  const { ok, output } = run('npm', [...args, ...quiet, '--prefix', folder], { capture: true, cwd: folder })
  if (!ok) throw new Error(`npm ${args.join(' ')} failed:\n${output}`)
}

/** Packs the workspace and installs it, with codecs and TypeScript, in a new folder. */
export function installPacked(): Consumer {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pullback-packed-')))
  const tarballs = packAll(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  const others = [codecs, tool('typescript'), tool('@types/node')]
  npm(folder, ['install', ...tarballs.map(({ file }) => file), ...others])
  mkdirSync(join(folder, 'src'))
  copyFileSync(join(root, '.workspace', 'packed', 'program', 'main.ts'), join(folder, 'src', 'main.ts'))
  return { folder, packages: tarballs.map(({ name }) => name) }
}

/** Compiles the program in the way of one kind of users; what the compiler says, or nothing. */
export function compile({ folder }: Consumer, options: Readonly<Record<string, unknown>>): string {
  const compilerOptions = {
    target: 'ES2023',
    lib: ['ES2023'],
    types: ['node'],
    strict: true,
    skipLibCheck: false,
    rootDir: 'src',
    outDir: 'out',
    ...options,
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['src'] }))
  return run(process.execPath, [join(folder, 'node_modules', 'typescript', 'bin', 'tsc')], {
    capture: true,
    cwd: folder,
  }).output
}
