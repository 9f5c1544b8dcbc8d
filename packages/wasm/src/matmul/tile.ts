import { access, branchIf, i32, loop, op, sequence, when, type Code } from '../assembler/code.ts'
import type { FunctionReference, Local, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import type { Arithmetic } from './arithmetic.ts'
import { defineNamed } from './defineNamed.ts'

/**
 * Defines the innermost function of a large product, which computes a tile of the result in registers: takes the address of
 * a, the bytes from one of its rows to the next and from one of its columns to the next, the address of b (packed: as many vectors for each
 * element of k), the address of the result, the bytes between its rows, k, which is not 0, and whether to add to the result.
 *
 * A turn of the loop takes one element of k: engines load all operands of a turn before they multiply, and the more of them,
 * the more sums are pushed out of the registers.
 */
export const defineTile = (
  module: ModuleBuilder,
  arithmetic: Arithmetic,
  rows: number,
  vectors: number,
): FunctionReference =>
  defineNamed(
    module,
    ['a', 'aStride', 'aColumnStride', 'b', 'out', 'outStride', 'k', 'accumulate'],
    ({ a, aStride, aColumnStride, b, out, outStride, k, accumulate }, local) => {
      const { zero, add, multiplyAdd, loadSplat } = arithmetic
      const below = Array.from({ length: rows - 1 }, () => local('i32'))
      const aRows = [a, ...below]
      const end = local('i32')
      const element = local('v128')
      const bVectors = Array.from({ length: vectors }, () => local('v128'))
      const sums = aRows.map((aRow) => ({
        aRow,
        sums: bVectors.map((bVector) => ({ bVector, sum: local('v128') })),
      }))
      const turn = sequence(
        ...bVectors.map((vector, index) => vector.set(access('v128.load', 16 * index, b.get))),
        ...sums.map(({ aRow, sums: ofRow }) =>
          sequence(
            element.set(loadSplat(0, aRow.get)),
            ...ofRow.map(({ bVector, sum }) => sum.set(multiplyAdd(element.get, bVector.get, sum.get))),
          ),
        ),
        advance(b, i32(16 * vectors)),
        ...aRows.map((aRow) => advance(aRow, aColumnStride.get)),
      )
      const eachSum = (body: (sum: Local, offset: number) => Code): Code =>
        sequence(
          ...sums.flatMap(({ sums: ofRow }, row) => [
            ...(row === 0 ? [] : [advance(out, outStride.get)]),
            ...ofRow.map(({ sum }, index) => body(sum, 16 * index)),
          ]),
        )
      return sequence(
        ...below.map((aRow, index) => aRow.set(op('i32.add', (aRows[index] ?? a).get, aStride.get))),
        ...sums.flatMap(({ sums: ofRow }) => ofRow.map(({ sum }) => sum.set(zero))),
        end.set(op('i32.add', b.get, op('i32.mul', k.get, i32(16 * vectors)))),
        loop((again) => sequence(turn, branchIf(again, op('i32.ne', b.get, end.get)))),
        when(
          accumulate.get,
          eachSum((sum, offset) =>
            access('v128.store', offset, out.get, add(access('v128.load', offset, out.get), sum.get)),
          ),
          eachSum((sum, offset) => access('v128.store', offset, out.get, sum.get)),
        ),
      )
    },
  )
