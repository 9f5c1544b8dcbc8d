import { access, i32, loop, branchIf, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import type { Arithmetic } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'

/** How many elements of k a turn of the loop takes. */
const unrolled = 4

/**
 * Defines the innermost function of a large product, which computes a tile of the result in registers: takes the address of
 * a (rows apart by bytes, elements of a row neighbours), those bytes, the address of b (packed: as many vectors for each
 * element of k), the address of the result, the bytes between its rows, k, and whether to add to the result or set it.
 */
export const defineTile = (
  module: ModuleBuilder,
  arithmetic: Arithmetic,
  rows: number,
  vectors: number,
): FunctionReference =>
  defineNamed(
    module,
    ['a', 'aStride', 'b', 'out', 'outStride', 'k', 'accumulate'],
    ({ a, aStride, b, out, outStride, k, accumulate }, local) => {
      const { bytes, zero, add, multiplyAdd, loadSplat } = arithmetic
      const below = Array.from({ length: rows - 1 }, () => local('i32'))
      const aRows = [a, ...below]
      const end = local('i32')
      const element = local('v128')
      const bVectors = Array.from({ length: vectors }, () => local('v128'))
      const sums = aRows.map((aRow) => ({
        aRow,
        sums: bVectors.map((bVector) => ({ bVector, sum: local('v128') })),
      }))
      const all = sums.flatMap(({ sums: ofRow }) => ofRow.map(({ sum }) => sum))
      const step = (count: number): Code =>
        sequence(
          ...Array.from({ length: count }, (_, at) =>
            sequence(
              ...bVectors.map((vector, index) =>
                vector.set(access('v128.load', 16 * (at * vectors + index), b.get)),
              ),
              ...sums.map(({ aRow, sums: ofRow }) =>
                sequence(
                  element.set(loadSplat(at * bytes, aRow.get)),
                  ...ofRow.map(({ bVector, sum }) => sum.set(multiplyAdd(element.get, bVector.get, sum.get))),
                ),
              ),
            ),
          ),
          advance(b, i32(16 * vectors * count)),
          ...aRows.map((aRow) => advance(aRow, i32(count * bytes))),
        )
      const repeat = (count: number, elements: Code): Code =>
        sequence(
          end.set(op('i32.add', a.get, op('i32.mul', elements, i32(bytes)))),
          when(
            op('i32.ne', a.get, end.get),
            loop((again) => sequence(step(count), branchIf(again, op('i32.ne', a.get, end.get)))),
          ),
        )
      const nextRow = advance(out, outStride.get)
      const eachRow = (body: (sum: Local, offset: number) => Code): Code =>
        sequence(
          ...sums.flatMap(({ sums: ofRow }, row) => [
            ...(row === 0 ? [] : [nextRow]),
            ...ofRow.map(({ sum }, index) => body(sum, 16 * index)),
          ]),
        )
      return sequence(
        ...below.map((aRow, index) => aRow.set(op('i32.add', (aRows[index] ?? a).get, aStride.get))),
        ...all.map((sum) => sum.set(zero)),
        repeat(unrolled, op('i32.and', k.get, i32(-unrolled))),
        repeat(1, op('i32.and', k.get, i32(unrolled - 1))),
        when(
          accumulate.get,
          eachRow((sum, offset) =>
            access('v128.store', offset, out.get, add(access('v128.load', offset, out.get), sum.get)),
          ),
          eachRow((sum, offset) => access('v128.store', offset, out.get, sum.get)),
        ),
      )
    },
  )
