import { readFileSync, readdirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Diagnostic } from '../compiler/diagnostic.ts'
import { diagnosticName, typecheck } from '../compiler/typecheck.ts'
import { root, workspaceFolders } from '../setup.mjs'
import { readCases } from './fixture.ts'
import { errorsOf, renderCases, strayErrors } from './verdict.ts'

const fixtures = workspaceFolders().flatMap((folder) => {
  const sources = join(root, folder, 'src')
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.typetest.ts'))
    .map((name) => join(sources, name))
})

let found: readonly Diagnostic[] = []

beforeAll(() => {
  found = typecheck('.workspace/typetest/tsconfig.json')
})

describe.each(fixtures.map((file) => [diagnosticName(file), file] as const))('%s', (name, file) => {
  const cases = readCases(readFileSync(file, 'utf8'))
  const errors = () => found.filter((error) => error.file === name)

  it.each(cases.map((one) => [one.name, one] as const))('is refused: %s', (_, one) => {
    expect(errorsOf(one, errors()), `line ${one.start} compiles`).not.toEqual([])
  })

  it('compiles where no case is marked', () => {
    expect(strayErrors(cases, errors())).toEqual([])
  })

  it('gets the recorded messages', async () => {
    const record = join(dirname(file), '__snapshots__', basename(file).replace(/\.ts$/, '.txt'))
    await expect(renderCases(cases, errors())).toMatchFileSnapshot(record)
  })
})

it('names every case once in a fixture', () => {
  for (const file of fixtures) {
    const names = readCases(readFileSync(file, 'utf8')).map((one) => one.name)
    expect(new Set(names).size, file).toBe(names.length)
  }
})
