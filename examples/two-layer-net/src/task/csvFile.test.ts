import * as E from '#fp/Either'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../terminal.fixture.ts'
import { csvFile } from './csvFile.ts'

const message = async (path: string) => {
  const found = await csvFile(path)
  return E.isLeft(found) ? found.left.message : 'nothing is wrong'
}

test('a file is itself, a folder stands for the only CSV file in it', async () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'other'))
  writeFileSync(join(folder, 'README.md'), '')
  writeFileSync(join(folder, 'a.CSV'), '')
  expect(await csvFile(join(folder, 'README.md'))).toEqual(E.right(join(folder, 'README.md')))
  expect(await csvFile(folder)).toEqual(E.right(join(folder, 'a.CSV')))
})

test('a path that means no file or several is answered by a sentence', async () => {
  const folder = temporaryFolder()
  expect(await message(folder)).toBe(`there is no .csv file in ${folder}; name one with --dir`)
  writeFileSync(join(folder, 'b.csv'), '')
  writeFileSync(join(folder, 'a.csv.gz'), '')
  expect(await message(folder)).toBe(
    `there are 2 CSV files in ${folder}, "a.csv.gz" and "b.csv" among them; name one of them with --dir`,
  )
  expect(await message(join(folder, 'c.csv'))).toContain('there is nothing at')
  expect(await message(join(folder, 'b.csv', 'c'))).toContain('cannot be read (ENOTDIR)')
})
