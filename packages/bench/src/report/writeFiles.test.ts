import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { objectionTo, writeFiles } from './writeFiles.ts'

it('writes whole files, and says before what it could not write to', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-out-'))
  const out = join(folder, 'a', 'b')
  expect(objectionTo(out)).toBeUndefined()
  const written = writeFiles(out, { 'one.md': 'one', 'two.md': 'two' })
  expect(written).toEqual([join(out, 'one.md'), join(out, 'two.md')])
  expect(readdirSync(out)).toEqual(['one.md', 'two.md'])
  expect(readFileSync(join(out, 'one.md'), 'utf8')).toBe('one')
  expect(objectionTo(join(out, 'one.md'))).toMatch(
    /^--out: '.*one\.md' is not a folder that can be written to \(EEXIST\)$/,
  )
  rmSync(folder, { recursive: true })
})
