import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isTestCode } from '../dist.mjs'
import { root, workspaceFolders } from '../setup.mjs'
import { placeOf, type Page } from './block.ts'
import { readDocstrings } from './docstring.ts'
import { readMarkdown, type Fence } from './markdown.ts'
import { exportsOf } from './publicNames.ts'
import { importsFor, type Source } from './scope.ts'

interface Manifest {
  readonly name: string
  readonly exports?: unknown
  readonly dependencies?: Readonly<Record<string, string>>
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest

const folderOf = (name: string): string | undefined =>
  workspaceFolders().find((folder) => manifestOf(folder).name === name)

const publicNames = (folder: string): Source => ({
  from: manifestOf(folder).name,
  exports: exportsOf(join(root, folder, 'src', 'index.ts')),
})

/** The public names of a package and then of the workspace packages that it depends on. */
function packageSources(folder: string): readonly Source[] {
  const { exports, dependencies = {} } = manifestOf(folder)
  const needed = Object.keys(dependencies).flatMap((name) => folderOf(name) ?? [])
  return [...(exports === undefined ? [] : [folder]), ...needed].map(publicNames)
}

function filesUnder(folder: string, suffix: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => name.endsWith(suffix) && !/(?:^|\/)(?:node_modules|dist)\//.test(name))
    .map((name) => `${folder}/${name}`)
    .toSorted()
}

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

function located<A>(file: string, run: () => A): A {
  try {
    return run()
  } catch (error) {
    throw new SyntaxError(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** A page for each docstring example; a file's own exports are in scope after the public names. */
function docstringPages(folder: string): readonly Page[] {
  const files = filesUnder(`${folder}/src`, '.ts').filter((file) => !isTestCode(file))
  const sources = packageSources(folder)
  return files.flatMap((file) => {
    const own = { from: join(root, file), exports: exportsOf(join(root, file)) }
    return located(file, () => readDocstrings(read(file))).map((block) => ({
      file,
      blocks: [block],
      prelude: importsFor(block.code.join('\n'), [...sources, own]),
      runs: true,
    }))
  })
}

/** One page for the blocks of a Markdown file that run, and one for each that is type-checked only, after those before it. */
function markdownPages(file: string, fences: readonly Fence[]): readonly Page[] {
  const running = fences.filter(({ treatment }) => treatment === 'run')
  const checked = fences.filter(({ treatment }) => treatment === 'no-run')
  return [
    ...(running.length === 0 ? [] : [{ file, blocks: running, prelude: '', runs: true }]),
    ...checked.map((block) => ({
      file,
      blocks: running.filter(({ opening }) => opening < block.opening).concat(block),
      prelude: '',
      runs: false,
    })),
  ]
}

/** All examples of the workspace, and the places of those that are fragments, which nothing checks. */
export function readPages(): { readonly pages: readonly Page[]; readonly fragments: readonly string[] } {
  const folders = workspaceFolders()
  const top = ['README.md', 'CONTRIBUTING.md', ...folders.map((folder) => `${folder}/README.md`)]
  const markdown = [...top.filter((file) => existsSync(join(root, file))), ...filesUnder('docs', '.md')].map(
    (file) => ({ file, fences: located(file, () => readMarkdown(read(file))) }),
  )
  return {
    pages: [
      ...folders.flatMap(docstringPages),
      ...markdown.flatMap(({ file, fences }) => markdownPages(file, fences)),
    ],
    fragments: markdown.flatMap(({ file, fences }) =>
      fences
        .filter(({ treatment }) => treatment === 'fragment')
        .map((block) => placeOf({ file, blocks: [], prelude: '', runs: false }, block)),
    ),
  }
}
