import type { Matmul, MatrixView } from '@pullback/core'
import { i32, sequence, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import type { ExternalProduct, ExternalProducts } from '../matmul/externalProducts.ts'
import { affineUpdate, type AffineUpdate } from './affineUpdate.ts'
import { itemAddress, type MatrixStart } from './itemAddress.ts'
import { emitLoop, type EmitContext } from './loop.ts'

/** A matrix as a library takes it: rows or, transposed, columns that are neighbours. */
function stored({ rowStride, columnStride }: MatrixView, rows: number, columns: number) {
  if (columnStride === 1 && rowStride >= Math.max(columns, 1))
    return { transposed: false, leading: rowStride }
  return rowStride === 1 && columnStride >= Math.max(rows, 1)
    ? { transposed: true, leading: columnStride }
    : undefined
}

/** A product that is computed outside, and what is computed of it. */
export interface ExternalMatmul {
  readonly compute: ExternalProduct
  readonly emit: (context: EmitContext) => Code
}

function ready(products: ExternalProducts, matmul: Matmul, update: AffineUpdate | undefined) {
  const { dtype, m, n, k } = matmul
  const a = stored(matmul.a, m, k)
  const b = stored(matmul.b, k, n)
  if (dtype === 'int32' || a === undefined || b === undefined || m * n * k === 0) return undefined
  return products.product({
    dtype,
    m,
    n,
    k,
    transposeA: a.transposed,
    transposeB: b.transposed,
    lda: a.leading,
    ldb: b.leading,
    ldc: n,
    alpha: update?.alpha ?? 1,
    beta: update?.beta ?? 0,
  })
}

/** Lets a product be computed outside, by a function that the module imports under a name, if that pays. */
export function externalMatmul(
  module: ModuleBuilder,
  products: ExternalProducts,
  matmul: Matmul,
  name: string,
  isReadElsewhere: (buffer: number) => boolean,
): ExternalMatmul | undefined {
  const found = isReadElsewhere(matmul.out) ? undefined : affineUpdate(matmul)
  const overlaps = [matmul.a.buffer, matmul.b.buffer].includes(found?.target.buffer ?? -1)
  const update = overlaps ? undefined : found
  const compute = ready(products, matmul, update)
  if (compute === undefined) return undefined
  const imported = module.importFunction('env', name, { parameters: ['i32', 'i32', 'i32'], results: [] })
  return {
    compute,
    emit(context) {
      const { addresses, builder } = context
      const { batch, m, n, a, b, out, epilogue } = matmul
      const item = builder.local('i32')
      const start = (matrix: MatrixStart): Code => itemAddress(addresses, matmul, matrix, item.get)
      const { buffer, offset } = update?.target ?? { buffer: out, offset: 0 }
      const multiply = imported.call(start(a), start(b), start({ buffer, offset, batchStride: m * n }))
      const all = batch === 1 ? multiply : countUp(item, i32(0), i32(batch), 1, multiply)
      return update !== undefined || epilogue === undefined ? all : sequence(all, emitLoop(context, epilogue))
    },
  }
}
