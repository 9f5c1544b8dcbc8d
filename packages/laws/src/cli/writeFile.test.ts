import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { writeFile } from './writeFile.ts'

const folder = mkdtempSync(join(tmpdir(), 'pullback-laws-'))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

it('writes a file whole, over an older one, and leaves nothing beside it', () => {
  expect(writeFile('out/a.json', 'old', folder)).toEqual({ value: undefined })
  expect(writeFile('out/a.json', 'new', folder)).toEqual({ value: undefined })
  expect(readFileSync(join(folder, 'out', 'a.json'), 'utf8')).toBe('new')
  expect(readdirSync(join(folder, 'out'))).toEqual(['a.json'])
})

it('says that it cannot, and leaves nothing behind', () => {
  writeFile('full/x', 'x', folder)
  expect(writeFile('full', 'text', folder)).toEqual({
    problem: expect.stringMatching(/^full cannot be written/),
  })
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([])
})
