import * as E from '#fp/Either'
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { checkOut } from './outFolder.ts'
import { temporaryFolder } from './terminal.fixture.ts'

const refusal = async (path: string) => {
  const checked = await checkOut(path)
  return E.isLeft(checked) ? checked.left.message : undefined
}

test('a folder that is there or can be made is taken, and nothing is made', async () => {
  const folder = temporaryFolder()
  for (const path of [folder, join(folder, 'a'), join(folder, 'a', 'b')])
    expect(await refusal(path)).toBeUndefined()
  expect(readdirSync(folder)).toEqual([])
})

test('a report of before may be written over', async () => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'report.html'), '')
  expect(await refusal(folder)).toBeUndefined()
  expect(readdirSync(folder)).toEqual(['report.html'])
})

test.each<[string, string, string]>([
  ['a file', 'file', 'is a file, not a folder'],
  ['a folder within a file', 'file/a', 'is a file, not a folder'],
  ['a folder with one called report.html', 'taken', 'it holds a folder called report.html'],
  ['a link to nothing', 'link', 'it is a link to nothing'],
  ['a folder within a link to nothing', 'link/a', 'it is a link to nothing'],
  ['a name that is too long', 'x'.repeat(999), 'the name is too long'],
  ['a name that is too long in a folder to be made', `a/${'x'.repeat(999)}`, 'the name is too long'],
])('%s is refused in one sentence, and nothing is made', async (_, name, part) => {
  const folder = temporaryFolder()
  writeFileSync(join(folder, 'file'), '')
  mkdirSync(join(folder, 'taken', 'report.html'), { recursive: true })
  symlinkSync(join(folder, 'nothing'), join(folder, 'link'))
  const path = join(folder, name)
  const message = await refusal(path)
  expect(message).toMatch(/^--out [^\n]+; name another folder$/)
  expect(message).toContain(part)
  expect(readdirSync(folder).toSorted()).toEqual(['file', 'link', 'taken'])
})

test.each(['/proc', '/sys'])(
  'a file system without room for folders is refused at once: %s',
  async (root) => {
    if (!existsSync(root)) return
    expect(await refusal(`${root}/pullback/out`)).toContain(`${root}: it `)
  },
)

test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
  'a folder that may not be written to is refused (skipped: root may write anywhere)',
  async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o555)
    expect(await refusal(join(folder, 'a'))).toContain('it may not be written to')
    chmodSync(folder, 0o755)
  },
)
