import { i32, memoryFill, op, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import { defineNamed } from './defineNamed.ts'
import type { MatmulKernel, MatmulSpec } from './kernel.ts'
import { rectangleParameters } from './rectangle.ts'

/** The sum of no products: 0 everywhere. */
export const emptyKernel = (
  module: ModuleBuilder,
  { m, outRowStride }: MatmulSpec,
  bytes: number,
): MatmulKernel => {
  const inBytes = (elements: Code) => op('i32.mul', elements, i32(bytes))
  const rectangle = defineNamed(
    module,
    rectangleParameters,
    ({ out, rowFrom, rowTo, columnFrom, columnTo }, local) => {
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
    },
  )
  return {
    rectangle,
    scratchBytes: 0,
    divide: (threads) => ({ rows: Math.max(1, Math.min(threads, m)), columns: 1 }),
    granularity: { rows: 1, columns: 1 },
  }
}
