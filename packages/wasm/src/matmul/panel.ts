import { access, i32, laneAccess, loop, branchIf, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import type { Arithmetic } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'
import { registersOf } from './registers.ts'
import { defineTile } from './tile.ts'

const mostRows = 6

/** How many rows a tile so many vectors wide has, all of whose sums and operands of a turn are to be in registers. */
export const tileRowsOf = (arithmetic: Arithmetic, vectors: number): number =>
  Math.min(mostRows, Math.floor((registersOf(arithmetic) - vectors) / (vectors + 1)))

/** How wide a tile is best: with nine sums none waits for the one before, and eight are the most that leave room for a product. */
export const tileVectorsOf = ({ isFused }: Arithmetic): number => (isFused ? 3 : 2)

/**
 * Defines the function that computes tiles below each other, one packed panel of b wide: takes what a tile does, the number
 * of rows, the number of columns that are wanted, and the address of memory for a tile.
 */
export function definePanel(
  module: ModuleBuilder,
  arithmetic: Arithmetic,
  vectors: number,
): FunctionReference {
  const { bits, bytes, lanes, add } = arithmetic
  const tileRows = tileRowsOf(arithmetic, vectors)
  const tiles = Array.from({ length: tileRows }, (_, index) =>
    defineTile(module, arithmetic, index + 1, vectors),
  )
  const first = (address: Code) => access(`v128.load${bits}_zero`, 0, address)
  return defineNamed(
    module,
    ['a', 'aStride', 'aColumnStride', 'b', 'out', 'outStride', 'k', 'accumulate', 'rows', 'columns', 'spare'],
    ({ a, aStride, aColumnStride, b, out, outStride, k, accumulate, rows, columns, spare }, local) => {
      const inside = local('i32')
      const [row, column, to, from] = [local('i32'), local('i32'), local('i32'), local('i32')]
      const store = (value: Code) => laneAccess(`v128.store${bits}_lane`, 0, 0, to.get, value)
      const copyWanted = (count: number): Code =>
        countUp(
          row,
          i32(0),
          i32(count),
          1,
          sequence(
            to.set(op('i32.add', out.get, op('i32.mul', row.get, outStride.get))),
            from.set(op('i32.add', spare.get, op('i32.mul', row.get, i32(16 * vectors)))),
            countUp(
              column,
              i32(0),
              columns.get,
              1,
              sequence(
                when(accumulate.get, store(add(first(to.get), first(from.get))), store(first(from.get))),
                advance(to, i32(bytes)),
                advance(from, i32(bytes)),
              ),
            ),
          ),
        )
      const compute = (tile: FunctionReference, count: number): Code =>
        when(
          inside.get,
          tile.call(
            a.get,
            aStride.get,
            aColumnStride.get,
            b.get,
            out.get,
            outStride.get,
            k.get,
            accumulate.get,
          ),
          sequence(
            tile.call(
              a.get,
              aStride.get,
              aColumnStride.get,
              b.get,
              spare.get,
              i32(16 * vectors),
              k.get,
              i32(0),
            ),
            copyWanted(count),
          ),
        )
      const remaining = tiles
        .slice(0, -1)
        .map((tile, index) => when(op('i32.eq', rows.get, i32(index + 1)), compute(tile, index + 1)))
      return sequence(
        inside.set(op('i32.eq', columns.get, i32(lanes * vectors))),
        ...tiles.slice(-1).map((tile) =>
          when(
            op('i32.ge_s', rows.get, i32(tileRows)),
            loop((again) =>
              sequence(
                compute(tile, tileRows),
                advance(a, op('i32.mul', aStride.get, i32(tileRows))),
                advance(out, op('i32.mul', outStride.get, i32(tileRows))),
                rows.set(op('i32.sub', rows.get, i32(tileRows))),
                branchIf(again, op('i32.ge_s', rows.get, i32(tileRows))),
              ),
            ),
          ),
        ),
        ...remaining,
      )
    },
  )
}
