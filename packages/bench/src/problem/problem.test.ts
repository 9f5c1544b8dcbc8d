import * as fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { generate } from './generate.ts'
import { readProblem, writeProblem } from './problemFile.ts'
import { anySize } from './size.arbitrary.ts'
import { sizes } from './sizes.ts'

const toy = { name: 'toy', N: 5, D: 4, H: 10, C: 3 }

it('gives the same problem for the same seed, and another one for another', () => {
  fc.assert(
    fc.property(anySize, fc.nat(), (size, seed) => {
      expect(generate(size, seed)).toEqual(generate(size, seed))
      expect(generate(size, seed).X).not.toEqual(generate(size, seed + 1).X)
    }),
  )
})

it('gives the same numbers on every machine', () => {
  const { X, y } = generate(toy, 0)
  expect([...X.subarray(0, 3)].map((x) => x.toFixed(5))).toMatchInlineSnapshot(`
    [
      "0.57987",
      "-0.17336",
      "-1.93909",
    ]
  `)
  expect([...y]).toMatchInlineSnapshot(`
    [
      0,
      1,
      2,
      2,
      2,
    ]
  `)
})

it('gives finite numbers and labels of all classes', () => {
  const { X, W1, b1, W2, b2, y } = generate({ name: 'many', N: 300, D: 2, H: 100, C: 3 }, 7)
  for (const array of [X, W1, b1, W2, b2]) expect(array.every(Number.isFinite)).toBe(true)
  expect([...new Set(y)].toSorted((a, b) => a - b)).toEqual([0, 1, 2])
  const mean = X.reduce((sum, x) => sum + x, 0) / X.length
  const variance = X.reduce((sum, x) => sum + (x - mean) ** 2, 0) / X.length
  expect(Math.abs(mean)).toBeLessThan(0.15)
  expect(Math.abs(variance - 1)).toBeLessThan(0.2)
})

it('reads from a file what was written, and refuses another size', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pullback-problem-'))
  const file = join(folder, 'problem')
  fc.assert(
    fc.property(anySize, (size) => {
      const problem = generate(size, 3)
      writeProblem(file, problem)
      expect(readProblem(file, size)).toEqual(problem)
      const wider = { ...size, H: size.H + 1 }
      expect(() => readProblem(file, wider)).toThrow(/a problem 'small' has \d+ bytes, this has \d+/)
    }),
    { numRuns: 20 },
  )
  rmSync(folder, { recursive: true })
})

it('knows the sizes of the table', () => {
  expect(sizes.map(({ name }) => name)).toEqual(['toy', 'spiral', 'mnist', 'cifar', 'wide'])
})
