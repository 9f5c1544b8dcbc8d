import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeStale, rewriteDeclarations } from './dist.mjs'

const declarations = (extension: string): string => `import { a } from './a.${extension}'
import "../b.${extension}"
export declare const c: import('./deep/c.${extension}').C
import d from 'd.ts'
`

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pullback-dist-'))
  for (const name of ['src', 'src/testing', 'dist', 'dist/deep', 'dist/testing'])
    mkdirSync(join(folder, name))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

it('removes what was made of sources that are gone, and nothing else', () => {
  const stays = ['src/kept.ts', 'src/testing/a.ts', 'dist/kept.js', 'dist/kept.d.ts', 'dist/.tsbuildinfo']
  const goes = [
    'dist/gone.js',
    'dist/gone.d.ts',
    'dist/kept.test.js',
    'dist/testing/a.js',
    'dist/deep/gone.js.map',
  ]
  for (const name of [...stays, ...goes]) writeFileSync(join(folder, name), '')
  removeStale(folder)
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
  expect(left.toSorted()).toEqual(stays.toSorted())
})

it('rewrites the relative imports of declarations, in all their forms', () => {
  const file = join(folder, 'dist', 'x.d.ts')
  writeFileSync(file, declarations('ts'))
  rewriteDeclarations(folder)
  expect(readFileSync(file, 'utf8')).toBe(declarations('js'))
})
