import { access, i32, laneAccess, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { advance } from './advance.ts'
import type { Arithmetic } from './arithmetic.ts'
import { blockDepth } from './blockDepth.ts'
import { defineNamed } from './defineNamed.ts'
import type { MatmulSpec } from './kernel.ts'
import { rectangleParameters } from './rectangle.ts'

/** One element after the other, for rectangles that a faster form does not take; its bits are those of every form. */
export const defineElements = (
  module: ModuleBuilder,
  { bits, bytes, zero, add, multiplyAdd }: Arithmetic,
  { k, a: aStrides, b: bStrides, outRowStride }: MatmulSpec,
): FunctionReference => {
  const at = (base: Code, index: Code, stride: number) =>
    op('i32.add', base, op('i32.mul', index, i32(stride * bytes)))
  const first = (address: Code) => access(`v128.load${bits}_zero`, 0, address)
  return defineNamed(module, rectangleParameters, (given, local) => {
    const [row, column, from, index, aAt, bAt] = [
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
      local('i32'),
    ]
    const [sum, total] = [local('v128'), local('v128')]
    const depth = blockDepth(k)
    const end = op('i32.add', from.get, i32(depth))
    const block = sequence(
      sum.set(zero),
      countUp(
        index,
        from.get,
        op('select', end, i32(k), op('i32.lt_s', end, i32(k))),
        1,
        sequence(
          sum.set(multiplyAdd(first(aAt.get), first(bAt.get), sum.get)),
          advance(aAt, i32(aStrides.column * bytes)),
          advance(bAt, i32(bStrides.row * bytes)),
        ),
      ),
      when(from.get, total.set(add(total.get, sum.get)), total.set(sum.get)),
    )
    const element = sequence(
      aAt.set(at(given.a.get, row.get, aStrides.row)),
      bAt.set(at(given.b.get, column.get, bStrides.column)),
      countUp(from, i32(0), i32(k), depth, block),
      laneAccess(
        `v128.store${bits}_lane`,
        0,
        0,
        at(at(given.out.get, row.get, outRowStride), column.get, 1),
        total.get,
      ),
    )
    return countUp(
      row,
      given.rowFrom.get,
      given.rowTo.get,
      1,
      countUp(column, given.columnFrom.get, given.columnTo.get, 1, element),
    )
  })
}
