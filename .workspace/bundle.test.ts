import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { bundle } from './bundle.mjs'

let folder = ''

const write = (name: string, text: string): void => writeFileSync(join(folder, name), text)
const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pullback-bundle-'))
  for (const name of ['dist', 'dist/deep', 'dist/cli', 'bundle']) mkdirSync(join(folder, name))
  write('dist/index.js', "export { a } from './deep/a.js'\nexport { join } from 'other'\n")
  write(
    'dist/deep/a.js',
    "/** Words. */\nexport const a = new URL('./worker.mjs', import.meta.url).pathname\n",
  )
  write('dist/deep/worker.mjs', 'export {}\n')
  write('dist/cli/main.js', "import { a } from '../deep/a.js'\nexport const b = a.length\n")
  write('bundle/stale.js', '')
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

const manifest = (more: object): void => write('package.json', JSON.stringify({ type: 'module', ...more }))

it('bundles what the manifest names, with the files that it finds beside itself, and nothing else', async () => {
  manifest({
    exports: { '.': { node: './bundle/index.js', default: './dist/index.js' } },
    publishConfig: { bin: { tool: './bundle/cli/main.js' } },
  })
  await bundle(folder)
  const files = readdirSync(join(folder, 'bundle'), { recursive: true, encoding: 'utf8' })
  expect(files.toSorted()).toEqual(['cli', 'cli/main.js', 'index.js', 'shared.js', 'worker.mjs'])
  expect(read('bundle/index.js')).toContain('from "other"')
  expect(read('bundle/shared.js')).not.toContain('Words')
  const { b } = (await import(pathToFileURL(join(folder, 'bundle/cli/main.js')).href)) as {
    readonly b: number
  }
  expect(b).toBe(pathToFileURL(join(folder, 'bundle/worker.mjs')).pathname.length)
})

it('leaves alone a package that names no bundle', async () => {
  manifest({ exports: { '.': './dist/index.js' } })
  await bundle(folder)
  expect(readdirSync(join(folder, 'bundle'))).toEqual(['stale.js'])
})
