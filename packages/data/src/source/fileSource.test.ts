import { join } from 'node:path'
import { readCsv, readDigits } from '@pullback/data'
import { expect, onTestFinished, test, vi } from 'vitest'
import { sentence, succeeded } from '../errors/outcome.fixture.ts'
import { readFault } from './readFault.ts'
import { temporaryFolder } from './temporaryFolder.fixture.ts'

test('a file is read by its path, each time that the task runs', async () => {
  const task = readCsv(join(temporaryFolder({ 'a.csv': 'x,y\n1,0\n' }), 'a.csv'))
  expect((await succeeded(task)).size).toBe(1)
  expect((await succeeded(task)).size).toBe(1)
})

test('a missing file says where it was looked for', async () => {
  const folder = temporaryFolder({ file: 'x' })
  const path = join(folder, 'none.csv')
  expect(await sentence(readCsv(path))).toBe(
    `${path}: expected a file, found nothing at ${path}; check the path`,
  )
  expect(await sentence(readCsv('no/such.csv'))).toContain(
    `found nothing at ${join(process.cwd(), 'no/such.csv')}`,
  )
  const below = join(folder, 'file', 'a.csv')
  expect(await sentence(readCsv(below))).toContain(`found nothing at ${below}`)
})

test('a directory in the place of a file is called so', async () => {
  const folder = temporaryFolder()
  expect(await sentence(readCsv(folder))).toBe(
    `${folder}: expected a file, found a directory; name a file in it`,
  )
})

test('an empty path and one that no file can have are sentences, too', async () => {
  expect(await sentence(readCsv('a\0b.csv'))).toContain('expected bytes to read, found the failure')
  expect(await sentence(readCsv(''))).toMatch(/^: expected a file, found nothing at /)
})

test('what else the system says', () => {
  expect(readFault({ code: 'EACCES' })).toMatchObject({ found: 'one that may not be read (EACCES)' })
  expect(readFault({ code: 'ENOSYS' })).toMatchObject({ found: 'no file system' })
  expect(readFault('why')).toMatchObject({ found: 'the failure "why"' })
  expect(readFault(null)).toMatchObject({ found: 'the failure "null"' })
})

test('a working folder that is gone is a sentence, too', async () => {
  const gone = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' })
  })
  onTestFinished(() => {
    gone.mockRestore()
  })
  expect(await sentence(readCsv('no/such.csv'))).toContain('found nothing at no/such.csv')
  expect(await sentence(readDigits('no/such'))).toContain('found nothing at no/such')
})

test('outside Node a path is a sentence', async () => {
  vi.stubGlobal('process', {})
  onTestFinished(() => {
    vi.unstubAllGlobals()
  })
  expect(await sentence(readCsv('a.csv'))).toBe(
    'a.csv: expected a file, found no file system; outside Node, fetch the file and give its bytes with bytesSource',
  )
})
