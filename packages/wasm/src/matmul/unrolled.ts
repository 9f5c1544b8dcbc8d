import { i32, op, sequence, when, type Code } from '../assembler/code.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { all } from './all.ts'
import { arithmeticOf } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'
import { defineElements } from './elements.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { loadLanes, storeLanes } from './lanes.ts'
import { rectangleParameters } from './rectangle.ts'

/** Sums that a tile holds in registers, beside a vector of b and an element of a. */
const sumsOfTile = 12

/** Multiplications of vectors that are written out: about 4 KiB of code. */
const mostMultiplications = 220

const vectorsOf = (n: number, lanes: number) => Math.ceil(n / lanes)

export const isUnrolled = ({ m, n, k }: MatmulSpec, lanes: number): boolean =>
  m * vectorsOf(n, lanes) * k <= mostMultiplications

/** Nearly equal parts of a count, none above a limit: where each begins and ends. */
function parts(count: number, limit: number): readonly (readonly [number, number])[] {
  const number = Math.ceil(count / limit)
  return Array.from({ length: number }, (_, index) => [
    Math.floor((index * count) / number),
    Math.floor(((index + 1) * count) / number),
  ])
}

/** A tiny product, written out without any loop; the last vector of a row reaches back over the one before. */
export function unrolledKernel(
  module: ModuleBuilder,
  features: Pick<Features, 'relaxed'>,
  spec: MatmulSpec,
): MatmulKernel {
  const { m, n, k, a: aStrides, b: bStrides, outRowStride } = spec
  const arithmetic = arithmeticOf(spec.dtype, features)
  const { bytes, lanes, zero, multiplyAdd, loadSplat } = arithmetic
  const used = Math.min(n, lanes)
  const columns = Array.from({ length: vectorsOf(n, lanes) }, (_, index) =>
    Math.max(0, Math.min(index * lanes, n - lanes)),
  )
  const loadsOfVector = bStrides.column === 1 ? 1 : lanes
  /** How many vectors side by side cost the fewest loads. */
  const loads = (vectors: number) =>
    parts(columns.length, vectors).length * m +
    columns.length * loadsOfVector * parts(m, Math.floor(sumsOfTile / vectors)).length
  const [vectorsOfTile = 1] = [1, 2, 3, 4].toSorted((p, q) => loads(p) - loads(q))
  const bytesOfB = ((k - 1) * bStrides.row + (n - 1) * bStrides.column + 1) * bytes
  const rest = defineElements(module, arithmetic, spec)

  const rectangle = defineNamed(module, rectangleParameters, (given, local) => {
    const { a, b, out, scratch, rowFrom, rowTo, columnFrom, columnTo } = given
    const element = local('v128')
    const sums = Array.from({ length: sumsOfTile }, () => local('v128'))
    const vectors = Array.from({ length: vectorsOfTile }, () => local('v128'))
    const tile = (
      [top, bottom]: readonly [number, number],
      [left, right]: readonly [number, number],
    ): Code => {
      const ofTile = columns.slice(left, right).flatMap((column, index) => {
        const vector = vectors[index]
        return vector === undefined ? [] : [{ column, vector, index }]
      })
      const rows = Array.from({ length: bottom - top }, (_, index) => ({
        row: top + index,
        cells: ofTile.flatMap(({ column, vector, index: at }) => {
          const sum = sums[index * ofTile.length + at]
          return sum === undefined ? [] : [{ column, vector, sum }]
        }),
      }))
      const step = (at: number): Code =>
        sequence(
          ...ofTile.map(({ column, vector }) => {
            const offset = (at * bStrides.row + column * bStrides.column) * bytes
            const lanesLoaded = bStrides.column === 1 && offset + 16 <= bytesOfB ? lanes : used
            return loadLanes(arithmetic, vector, b.get, offset, lanesLoaded, bStrides.column)
          }),
          ...rows.map(({ row, cells }) =>
            sequence(
              element.set(loadSplat((row * aStrides.row + at * aStrides.column) * bytes, a.get)),
              ...cells.map(({ vector, sum }) =>
                sum.set(multiplyAdd(element.get, vector.get, at === 0 ? zero : sum.get)),
              ),
            ),
          ),
        )
      return sequence(
        ...Array.from({ length: k }, (_, at) => step(at)),
        ...rows.flatMap(({ row, cells }) =>
          cells.map(({ column, sum }) =>
            storeLanes(arithmetic, sum, out.get, (row * outRowStride + column) * bytes, used, 1),
          ),
        ),
      )
    }
    return when(
      all(
        op('i32.eqz', op('i32.or', rowFrom.get, columnFrom.get)),
        op('i32.eq', rowTo.get, i32(m)),
        op('i32.eq', columnTo.get, i32(n)),
      ),
      sequence(
        ...parts(columns.length, vectorsOfTile).flatMap((across) =>
          parts(m, Math.floor(sumsOfTile / vectorsOfTile)).map((down) => tile(down, across)),
        ),
      ),
      rest.call(a.get, b.get, out.get, scratch.get, rowFrom.get, rowTo.get, columnFrom.get, columnTo.get),
    )
  })
  return {
    rectangle,
    scratchBytes: 0,
    divide: () => ({ rows: 1, columns: 1 }),
    granularity: { rows: Math.max(1, m), columns: Math.max(1, n) },
  }
}
