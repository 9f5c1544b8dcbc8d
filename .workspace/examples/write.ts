import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root, workspaceFolders } from '../setup.mjs'
import type { Page } from './block.ts'
import { moduleText } from './module.ts'
import { messageOf } from './recorder.ts'

const folder = join(root, '.workspace', '.examples')

const link = (target: string, name: string): void => {
  const path = join(folder, 'node_modules', name)
  mkdirSync(dirname(path), { recursive: true })
  if (!existsSync(path)) symlinkSync(target, path, 'junction')
}

/** Makes the packages, and what they depend on, importable from the generated modules, as if installed there. */
function linkPackages(): void {
  for (const workspace of workspaceFolders()) {
    const { name } = JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
      name: string
    }
    link(join(root, workspace), name)
  }
  for (const workspace of workspaceFolders()) {
    const installed = join(root, workspace, 'node_modules')
    if (!existsSync(installed)) continue
    for (const name of readdirSync(installed))
      if (!name.startsWith('.') && !name.startsWith('@')) link(join(installed, name), name)
  }
}

/** The generated module of a page; pages that are only type-checked lie beside the one that runs. */
function moduleFile({ file, blocks, runs }: Page): string {
  const markdown = file.endsWith('.md') && runs
  return join(folder, `${file}${markdown ? '' : `.${blocks.at(-1)?.opening}`}.ts`)
}

/** The text of a page's module; of a page that cannot be read, a module that says so, for the others to go on. */
function textOf(page: Page, recorder: string): string {
  try {
    return moduleText(page, recorder)
  } catch (error) {
    return `throw new SyntaxError(${JSON.stringify(messageOf(error))})\n`
  }
}

/** Writes the modules of all pages, those of an earlier run removed, and gives the file of each. */
export function writeModules(pages: readonly Page[]): ReadonlyMap<Page, string> {
  rmSync(folder, { recursive: true, force: true })
  linkPackages()
  const recorder = join(root, '.workspace', 'examples', 'recorder.ts')
  return new Map(
    pages.map((page) => {
      const file = moduleFile(page)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, textOf(page, recorder))
      return [page, file]
    }),
  )
}
