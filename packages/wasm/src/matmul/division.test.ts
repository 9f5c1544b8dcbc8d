import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { moduleBuilder } from '../assembler/module.ts'
import { cheapestDivision } from './division.ts'
import { matmulKernel } from './matmulKernel.ts'
import { features, specs } from './specs.arbitrary.ts'

const granularity = { rows: 4, columns: 8 }

test('there are at most as many rectangles as threads, and one for one thread', () => {
  fc.assert(
    fc.property(specs, features, fc.integer({ min: 1, max: 16 }), (spec, engine, threads) => {
      const { divide } = matmulKernel(moduleBuilder(), engine, spec)
      const { rows, columns } = divide(threads)
      expect(Math.min(rows, columns)).toBeGreaterThanOrEqual(1)
      expect(rows * columns).toBeLessThanOrEqual(threads)
    }),
  )
})

test('a tall result is divided into rows, a wide one into columns, a large one into both', () => {
  expect(cheapestDivision({ m: 3072, n: 50, copiesA: true, granularity }, 2)).toEqual({ rows: 2, columns: 1 })
  expect(cheapestDivision({ m: 50, n: 3072, copiesA: true, granularity }, 2)).toEqual({ rows: 1, columns: 2 })
  expect(cheapestDivision({ m: 1024, n: 1024, copiesA: true, granularity }, 4)).toEqual({
    rows: 2,
    columns: 2,
  })
})
