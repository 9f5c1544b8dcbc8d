import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { removeStale } from './stale.mjs'

it('removes what was made of sources that are gone, and nothing else', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-stale-'))
  for (const name of ['src', 'dist', 'dist/deep']) mkdirSync(join(folder, name))
  const stays = ['src/kept.ts', 'dist/kept.js', 'dist/kept.d.ts', 'dist/.tsbuildinfo']
  const goes = ['dist/gone.js', 'dist/gone.d.ts', 'dist/kept.test.js', 'dist/deep/gone.js.map']
  for (const name of [...stays, ...goes]) writeFileSync(join(folder, name), '')
  removeStale(folder)
  const left = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'))
  rmSync(folder, { recursive: true })
  expect(left.toSorted()).toEqual(stays.toSorted())
})
