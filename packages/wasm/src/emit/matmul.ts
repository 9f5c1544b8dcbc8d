import type { Matmul } from '@pullback/core'
import { i32, op, sequence, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { MatmulKernel } from '../matmul/kernel.ts'
import { itemAddress, type MatrixStart } from './itemAddress.ts'
import { emitLoop, type EmitContext } from './loop.ts'
import type { Range } from './nest.ts'

/** A part of a matrix product: some rows and columns, of every item of the batch. */
export interface Part {
  readonly rows: Range
  readonly columns: Range
  readonly isWhole: boolean
}

/** The products of a part, and what is computed of them. */
export function emitMatmul(
  context: EmitContext,
  matmul: Matmul,
  kernel: MatmulKernel,
  { rows, columns, isWhole }: Part,
  scratch: Code,
): Code {
  const { builder, addresses } = context
  const { batch, m, n, a, b, out, epilogue } = matmul
  const item = builder.local('i32')
  const start = (matrix: MatrixStart): Code => itemAddress(addresses, matmul, matrix, item.get)
  const multiply = kernel.rectangle.call(
    start(a),
    start(b),
    start({ buffer: out, offset: 0, batchStride: m * n }),
    scratch,
    rows.from,
    rows.to,
    columns.from,
    columns.to,
  )
  const finish = (first: Code | undefined): Code => {
    if (epilogue === undefined) return sequence()
    if (isWhole) return emitLoop(context, epilogue)
    const moved = (row: Code) => (first === undefined ? row : op('i32.add', first, row))
    return emitLoop(
      context,
      epilogue,
      new Map([
        [0, { from: moved(rows.from), to: moved(rows.to) }],
        [1, columns],
      ]),
    )
  }
  if (batch === 1) return sequence(multiply, finish(undefined))
  const products = countUp(item, i32(0), i32(batch), 1, multiply)
  if (isWhole) return sequence(products, finish(undefined))
  return countUp(item, i32(0), i32(batch), 1, sequence(multiply, finish(op('i32.mul', item.get, i32(m)))))
}
