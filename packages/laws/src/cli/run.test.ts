import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import * as layers from './layers.fixture.ts'
import { run, type World } from './run.ts'

const folder = mkdtempSync(join(tmpdir(), 'pullback-laws-'))
const here = dirname(fileURLToPath(import.meta.url))

afterAll(() => {
  rmSync(folder, { recursive: true })
})

async function ran(words: string, world: Partial<World> = {}) {
  const text = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr', isTTY = false) => ({
    isTTY,
    write: (more: string) => {
      text[name] += more
    },
  })
  let time = 0
  const code = await run(words.split(' '), {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: {},
    cwd: here,
    importer: () => Promise.resolve(layers),
    now: () => time++,
    freshSeed: () => 99,
    ...world,
  })
  return { code, ...text }
}

const right = 'layers.fixture.ts --filter rectified --law structure,gradient --runs 10'
const wrong = 'layers.fixture.ts --filter leaky --law gradient --runs 50 --seed 7'

describe('the command', () => {
  it('exits with 0 where all laws hold', async () => {
    const { code, stdout, stderr } = await ran(right)
    expect(code).toBe(0)
    expect(stderr).toBe('skipped: notALayer is no layer\n')
    expect(stdout).toMatch(/^layer +law +runs +verdict +undecided\nrectified +structure +10 +holds/)
    expect(stdout).toMatch(/3 laws of 1 layer, seed 99: all hold\n$/)
  })

  it('exits with 1 where one is violated, with a report that it replays', async () => {
    const { code, stdout } = await ran(wrong)
    expect(code).toBe(1)
    expect(stdout).toContain('leaky violates the law gradient')
    expect(stdout).toContain('twice what it should be')
    const token = /--replay (\S+)/.exec(stdout)?.[1] ?? ''
    const again = await ran(`layers.fixture.ts --replay ${token}`)
    expect(again.code).toBe(1)
    const reported = (text: string) => text.slice(text.indexOf('leaky violates'), text.indexOf('replay'))
    expect(reported(again.stdout)).toBe(reported(stdout))
  })

  it('writes results for CI', async () => {
    const { code } = await ran(
      `${wrong} --junit ${join(folder, 'laws.xml')} --json ${join(folder, 'laws.json')}`,
    )
    expect(code).toBe(1)
    expect(readFileSync(join(folder, 'laws.xml'), 'utf8')).toMatch('<failure type="gradient"')
    expect(JSON.parse(readFileSync(join(folder, 'laws.json'), 'utf8'))).toMatchObject({
      seed: 7,
      holds: false,
    })
  })

  it('colours terminals', async () => {
    const { stdout } = await ran(right, { env: { FORCE_COLOR: '1' } })
    expect(stdout).toContain('\u001B[32mholds\u001B[39m')
  })

  it.each([
    ['none.js', {}, 'there is no file none.js'],
    ['layers.fixture.ts --sede 1', {}, 'there is no option --sede; did you mean --seed?'],
    ['layers.fixture.ts --filter fcc', {}, 'there is no export fcc; did you mean fc?'],
    ['layers.fixture.ts --replay lea/gradient/1/0', {}, 'there is no export lea; '],
    ['layers.fixture.ts', { importer: () => Promise.resolve({ a: 1 }) }, 'exports no layer: a is no layer'],
    [
      'layers.fixture.ts',
      { importer: () => Promise.reject(new Error('x')) },
      'throws when it is imported: x',
    ],
  ])('exits with 2 on `%s`', async (words, world, sentence) => {
    const { code, stdout, stderr } = await ran(words, world)
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr).toMatch(/^(?:skipped: notALayer is no layer\n)?pullback-laws: [^\n]+\n$/)
  })

  it('helps', async () => {
    const { code, stdout } = await ran('--help')
    expect(code).toBe(0)
    expect(stdout).toMatch(/^Usage: pullback-laws MODULE/)
    expect(stdout.split('\n').every((line) => line.length <= 80)).toBe(true)
  })
})
