import { expect, it } from 'vitest'
import { crossedBorders } from './borders.ts'
import { localPlaces, longFiles, namelessFiles, strayFiles } from './places.ts'

const at = (path: string, text = '') => ({ path, text })

const imports = (path: string, ...specifiers: string[]) =>
  crossedBorders([at(path, specifiers.map((specifier) => `import { a } from '${specifier}'`).join('\n'))])

it('keeps the top of the repository clear', () => {
  const fine = ['.ci/run', '.gitignore', 'README.md', 'packages/core/x', 'docs/a/b.md'].map((path) =>
    at(path),
  )
  expect(strayFiles([...fine, at('notes.md'), at('scripts/x.mjs'), at('docs')])).toEqual([
    'notes.md',
    'scripts/x.mjs',
    'docs',
  ])
})

it('finds long and nameless sources', () => {
  expect(
    longFiles([at('packages/a/src/b.ts', 'x\n'.repeat(3)), at('packages/a/src/c.ts', 'x\n')], 2),
  ).toEqual(['packages/a/src/b.ts has 3 lines, more than 2: split it by concept'])
  const paths = ['packages/a/src/utils.ts', 'examples/a/src/helpers/b.ts', 'packages/a/src/utilsOfTrade.ts']
  expect(namelessFiles(paths.map((path) => at(path)))).toHaveLength(2)
})

it('finds paths of one machine and hosts of registries', () => {
  const slash = '/'
  const dot = '.'
  const bad = [
    `cd ${slash}home${slash}ann/x`,
    `'${slash}root${slash}x'`,
    `https:${slash}/registry${dot}example.org/a`,
  ]
  const good = ['packages/work/x', 'the ~/home/x folder', 'https://example.org/home/x', 'registry of layers']
  expect(localPlaces([at('a', [...bad, ...good].join('\n'))])).toHaveLength(bad.length)
})

it('finds imports that cross a border', () => {
  expect(imports('packages/core/src/a/b.ts', '../c.ts', './d.ts', '#fp/Either')).toEqual([])
  expect(imports('packages/data/src/b.ts', '@pullback/core', 'node:fs', '#io')).toEqual([])
  expect(imports('packages/core/src/a.test.ts', '@pullback/laws', 'node:fs', 'fast-check')).toEqual([])
  expect(
    imports('packages/core/src/a.ts', '@pullback/train', 'node:fs', 'fp-ts/Either', '../../train/src/x.ts'),
  ).toEqual([
    "packages/core/src/a.ts: '@pullback/train' is not for core to know",
    "packages/core/src/a.ts: 'node:fs' exists in Node only, and core runs in browsers",
    "packages/core/src/a.ts: 'fp-ts/Either' crashes in plain Node: import it through the map, '#fp/..' or '#io'",
    "packages/core/src/a.ts: '../../train/src/x.ts' leads out of its package: import it by name",
  ])
  expect(imports('examples/a/src/b.ts', '@pullback/core/dist/x.js', 'io-ts')).toHaveLength(2)
})
