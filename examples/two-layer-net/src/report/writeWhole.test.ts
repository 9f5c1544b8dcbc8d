import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../terminal.fixture.ts'
import { writeWhole } from './writeWhole.ts'

test('a file is written with the folders above it, or put in the place of the old one', async () => {
  const path = join(temporaryFolder(), 'a', 'b', 'page.html')
  await writeWhole(path, 'one')
  await writeWhole(path, 'two')
  expect(readFileSync(path, 'utf8')).toBe('two')
  expect(readdirSync(join(path, '..'))).toEqual(['page.html'])
})

test('what cannot be written leaves nothing behind', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'page.html', 'within'), { recursive: true })
  await expect(writeWhole(join(folder, 'page.html'), 'text')).rejects.toThrow(/EISDIR|ENOTEMPTY|EEXIST/)
  writeFileSync(join(folder, 'file'), '')
  await expect(writeWhole(join(folder, 'file', 'page.html'), 'text')).rejects.toThrow(/ENOTDIR|EEXIST/)
  expect(readdirSync(folder)).toEqual(['file', 'page.html'])
})
