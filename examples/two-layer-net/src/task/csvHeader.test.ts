import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../terminal.fixture.ts'
import { csvHeader, firstLine, otherSeparator } from './csvHeader.ts'

test.each([
  ['length,width,species\n5,3,setosa\n', 'names'],
  ['\uFEFFx,y\n1,0\n', 'names'],
  ['150,4,setosa,versicolor\n5,3,1,1,0\n', 'counts'],
  ['5.1,3.5,0\n4.9,3.0,1\n', 'none'],
  ['5.1,3.5,setosa\n', 'none'],
  ['1,2,3\r\n4,5,6\r\n', 'none'],
  ['', 'names'],
])('the first line of %j is told from data', async (text, expected) => {
  const folder = temporaryFolder()
  for (const [name, bytes] of [
    ['a.csv', text],
    ['a.csv.gz', gzipSync(text)],
  ] as const) {
    writeFileSync(join(folder, name), bytes)
    expect(csvHeader(await firstLine(join(folder, name)))).toBe(expected)
  }
})

test('what is wrong with a file is left to its reader', async () => {
  const folder = temporaryFolder()
  expect(await firstLine(join(folder, 'none.csv'))).toBe('')
  writeFileSync(join(folder, 'bad.csv.gz'), Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]))
  expect(await firstLine(join(folder, 'bad.csv.gz'))).toBe('')
})

test.each([
  ['a;b;c', 'semicolons'],
  ['1,5;2;0', 'semicolons'],
  ['a\tb', 'tabs'],
  ['a|b', 'bars'],
  ['a,b', undefined],
  ['"a;b;c",d', undefined],
  ['a', 'nothing'],
  ['"a', undefined],
  ['', undefined],
])('%j is parted by %s', (line, expected) => {
  expect(otherSeparator(line)).toBe(expected)
})
