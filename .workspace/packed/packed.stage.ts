import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { root, run } from '../setup.mjs'
import { compile, installPacked } from './consumer.ts'
import { nodes } from './nodes.ts'
import { danglingImports, sourceMapped, wrongFiles } from './shipped.ts'
import { readManifest } from './tarballs.ts'

const consumer = installPacked()
const { folder, packages } = consumer
const expected = readFileSync(join(root, '.workspace', 'packed', 'program', 'expected.txt'), 'utf8')

afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe.each(packages)('%s', (name) => {
  const installed = join(folder, 'node_modules', name)

  it('ships its code, manifest, README and licence, and nothing else', () => {
    expect(wrongFiles(installed)).toEqual([])
  })

  it('imports only what is shipped or depended upon', () => {
    expect(danglingImports(installed)).toEqual([])
  })

  it('names no source map, as none is shipped', () => {
    expect(sourceMapped(installed)).toEqual([])
  })

  it('has a manifest without traces of the workspace', () => {
    expect(JSON.stringify(readManifest(installed))).not.toMatch(/@pullback\/source|workspace:/)
  })

  it('can be imported in plain Node', () => {
    const args = ['--input-type=module', '--eval', `await import('${name}')`]
    expect(run(process.execPath, args, { capture: true, cwd: folder }).output).toBe('')
  })
})

describe('the command pullback-laws', () => {
  const module = join(folder, 'layers.js')
  copyFileSync(join(root, '.workspace', 'packed', 'program', 'layers.js'), module)
  const bin = join(folder, 'node_modules', '.bin', 'pullback-laws')
  const laws = (...args: readonly string[]) => {
    const command = join(folder, 'node_modules', '@pullback', 'laws', 'bundle', 'cli', 'main.js')
    return run(process.execPath, [command, 'layers.js', '--runs', '20', ...args], {
      capture: true,
      cwd: folder,
    })
  }

  it('is installed', () => {
    expect(existsSync(bin)).toBe(true)
  })

  it('holds the layers of a module to the laws', () => {
    expect(laws('--filter', 'rectified')).toMatchObject({
      ok: true,
      output: expect.stringContaining('all hold'),
    })
  })

  it('fails where one is violated, and says why', () => {
    const wrong = laws('--filter', 'halved')
    expect(wrong.ok).toBe(false)
    expect(wrong.output).toContain('half of what it should be: a factor of 2 is missing')
  })
})

describe('a program that uses the packages', () => {
  it('type-checks as a bundler sees it', () => {
    expect(compile(consumer, { module: 'ESNext', moduleResolution: 'bundler', noEmit: true })).toBe('')
  })

  it('type-checks and compiles as Node sees it', () => {
    expect(compile(consumer, { module: 'NodeNext' })).toBe('')
  })

  it.for(nodes().map(({ title, binary = '' }) => [title, binary] as const))(
    'runs on Node %s',
    ([, binary], { skip }) => {
      skip(binary === '')
      const { output } = run(binary, [join('out', 'main.js')], { capture: true, cwd: folder })
      expect(output).toBe(expected)
    },
  )
})
