import { i32, memoryFill, op, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { FunctionReference, ModuleBuilder } from '../assembler/module.ts'
import { defineNamed } from './defineNamed.ts'
import type { MatmulSpec } from './kernel.ts'

/** What the function of a kernel takes. */
export const rectangleParameters = [
  'a',
  'b',
  'out',
  'scratch',
  'rowFrom',
  'rowTo',
  'columnFrom',
  'columnTo',
] as const

/** The sum of no products: 0 everywhere. */
export const defineEmptySum = (
  module: ModuleBuilder,
  { outRowStride }: MatmulSpec,
  bytes: number,
): FunctionReference => {
  const inBytes = (elements: Code) => op('i32.mul', elements, i32(bytes))
  return defineNamed(module, rectangleParameters, ({ out, rowFrom, rowTo, columnFrom, columnTo }, local) => {
    const row = local('i32')
    return countUp(
      row,
      rowFrom.get,
      rowTo.get,
      1,
      memoryFill(
        op(
          'i32.add',
          out.get,
          inBytes(op('i32.add', op('i32.mul', row.get, i32(outRowStride)), columnFrom.get)),
        ),
        i32(0),
        inBytes(op('i32.sub', columnTo.get, columnFrom.get)),
      ),
    )
  })
}
