import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../terminal.fixture.ts'
import { makeFolder } from './makeFolder.ts'

test('a folder is made with those above it, by one or by several at once', async () => {
  const path = join(temporaryFolder(), 'a', 'b', 'c')
  await Promise.all([makeFolder(path), makeFolder(path), makeFolder(join(path, 'd'))])
  expect(existsSync(join(path, 'd'))).toBe(true)
})

test('where there can be none, it rejects', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  await expect(makeFolder(join(folder, 'file', 'a'))).rejects.toThrow(/ENOTDIR|ENOENT|EEXIST/)
  mkdirSync(join(folder, 'a'))
  await expect(makeFolder(join(folder, 'a', 'x'.repeat(999)))).rejects.toThrow('ENAMETOOLONG')
})

test.skipIf(!existsSync('/proc/self'))(
  'a file system that has no room for folders is no endless task',
  async () => {
    await expect(makeFolder('/proc/pullback/out')).rejects.toThrow(/ENOENT|EACCES|EPERM/)
  },
)
