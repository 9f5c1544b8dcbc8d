import * as E from '#fp/Either'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { dataNames } from '../arguments/options.ts'
import { temporaryFolder } from '../terminal.fixture.ts'
import { loadTask, type Wanted } from './loadTask.ts'

const wanted = (change: Partial<Wanted> = {}): Wanted => ({
  data: 'spirals',
  dir: undefined,
  seed: 0,
  cwd: temporaryFolder(),
  ...change,
})

const message = async (change: Partial<Wanted>) => {
  const loaded = await loadTask(wanted(change))
  return E.isLeft(loaded) ? loaded.left.message : 'nothing is wrong'
}

test.each([
  ['spirals', 3],
  ['moons', 2],
] as const)('%s are drawn from the seed and split by class', async (data, classes) => {
  const [a, b, c] = [
    await loadTask(wanted({ data })),
    await loadTask(wanted({ data })),
    await loadTask(wanted({ data, seed: 1 })),
  ]
  expect(a).toEqual(b)
  expect(a).not.toEqual(c)
  expect(a).toMatchObject(
    E.right({ train: { size: 150 * classes, classes }, validation: { size: 50 * classes }, test: undefined }),
  )
})

test.each(dataNames.filter((name) => !['spirals', 'moons', 'csv'].includes(name)))(
  'absent data for %s are answered by where they were looked for, or what the folder lacks',
  async (data) => {
    const cwd = join(temporaryFolder(), 'within')
    mkdirSync(cwd)
    expect(await message({ data, cwd })).toMatch(
      /^there are no data for .*: looked in .*data.* and .*; name their folder with --dir$/,
    )
    const dir = temporaryFolder()
    expect(await message({ data, dir })).toContain(dir)
    expect(await message({ data, dir: join(dir, 'none') })).toContain('none')
  },
)

const table = (rows: readonly string[]): string => {
  const path = join(temporaryFolder(), 'table.csv')
  writeFileSync(path, `${rows.join('\n')}\n`)
  return path
}

const twelve = Array.from({ length: 12 }, (_, row) => `${row},${row % 3 === 0 ? 'a' : 'b'}`)

test('a table is standardised by its training part', async () => {
  const loaded = await loadTask(wanted({ data: 'csv', dir: table(['x,kind', ...twelve]) }))
  expect(loaded).toMatchObject(
    E.right({ title: 'table.csv', train: { classNames: ['a', 'b'] }, test: undefined }),
  )
})

test.each([
  [
    ['-1', '+1'],
    ['+1', '-1'],
  ],
  [
    ['0', '-1'],
    ['-1', '0'],
  ],
  [
    ['1', '70000'],
    ['1', '70000'],
  ],
  [
    ['0', 'a'],
    ['0', 'a'],
  ],
  [['0', '1'], undefined],
])('classes that are %j are %j', async (labels, classNames) => {
  const rows = Array.from({ length: 12 }, (_, row) => `${row},${labels[row % 2]}`)
  for (const head of [['x,kind'], []]) {
    const loaded = await loadTask(wanted({ data: 'csv', dir: table([...head, ...rows]) }))
    const train = classNames === undefined ? { classes: 2 } : { classNames, classes: 2 }
    expect(loaded).toMatchObject(E.right({ train }))
  }
})

const many = Array.from({ length: 1200 }, (_, row) => `${row},${row}.5`)

test.each([
  [['x;y', '1;0'], 'line 1: expected columns separated by commas, found semicolons between them'],
  [['x', '1'], 'expected columns separated by commas, found nothing between them'],
  [['x,y', '1,0', '2,'], 'line 3, column 2 ("y"): expected a class, found an empty field'],
  [['x,y', ...many], 'is this the column of the labels?'],
  [['2,1,a,b', '1,0', '2,-1'], 'expected a class number from 0 to 1, found "-1"'],
  [['x,y', ...twelve.map((_, row) => `${row},0`)], 'all its examples are of one class'],
  [['x,y', '1,0', '2,1'], 'it has 2 examples; 10 are the least'],
  [['x,y', 'one,0'], 'line 2, column 1 ("x"): expected a finite number, found "one"'],
  [[''], 'expected'],
])('a table that cannot be learnt from is answered by a sentence: %#', async (rows, part) => {
  const said = await message({ data: 'csv', dir: table(rows) })
  expect(said).toContain(part)
  expect(said).not.toMatch(/option|delimiter/)
})
