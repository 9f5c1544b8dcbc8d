import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { declaredNames, dropRepeatedImports } from './imports.ts'
import { moduleText } from './module.ts'
import { exportsOf } from './publicNames.ts'
import { importsFor } from './scope.ts'

it('keeps the lines of the page', () => {
  const blocks = [
    { opening: 3, code: ['const x = 1', 'x // => 1'] },
    { opening: 8, code: ['x'] },
  ]
  const text = moduleText({ file: 'README.md', blocks, prelude: '', runs: true }, './recorder.ts')
  expect(text.split('\n').slice(1)).toEqual([
    '',
    ';$.reach(3)',
    'const x = 1',
    ';$.equal(5, (x), (1))',
    '',
    '',
    ';$.reach(8)',
    'x',
    'export {}',
    '',
  ])
})

it('imports a name once a page', () => {
  const code = `import { a, type B } from 'p'
import {
  a,
  c,
} from 'p'
import { a } from 'p'
import * as E from 'e'
import * as E from 'e'
done`
  expect(dropRepeatedImports(code)).toBe(`import { a, type B } from 'p'
import { c } from 'p'




import * as E from 'e'

done`)
})

describe('the scope of a docstring', () => {
  const sources = [
    { from: 'own', exports: new Map([['f', 'value'] as const, ['T', 'type'] as const]) },
    { from: 'core', exports: new Map([['f', 'value'] as const, ['g', 'value'] as const]) },
  ]

  it('imports the names in use, each from the first that has it', () => {
    expect(importsFor('g(f as T)', sources)).toBe(
      "import { f, type T } from 'own'; import { g } from 'core'; ",
    )
  })

  it('leaves alone what the example declares or imports itself', () => {
    const code = "import { g } from 'elsewhere'\nconst { f } = x"
    expect(importsFor(code, sources)).toBe('')
    expect([...declaredNames(code)].toSorted()).toEqual(['f', 'g'])
  })
})

it('reads the exports of a package from its text', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-exports-'))
  writeFileSync(
    join(folder, 'index.ts'),
    "export { a, type B, c as d } from './x.ts'\nexport type {\n  E,\n} from './x.ts'\nexport * from './more.ts'\n",
  )
  writeFileSync(
    join(folder, 'more.ts'),
    'const hidden = 1\nexport const f = hidden\nexport async function g() {}\nexport interface H {}\nexport type I = 1\n',
  )
  const names = exportsOf(join(folder, 'index.ts'))
  rmSync(folder, { recursive: true })
  expect(Object.fromEntries(names)).toEqual({
    a: 'value',
    B: 'type',
    d: 'value',
    E: 'type',
    f: 'value',
    g: 'value',
    H: 'type',
    I: 'type',
  })
})
