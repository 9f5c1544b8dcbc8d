import type { BufferInfo, Check, Kernel, Loop, Matmul } from '@pullback/core'
import { i32, op, type Code } from '../assembler/code.ts'
import type { ModuleBuilder } from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import type { ExternalProduct, ExternalProducts } from '../matmul/externalProducts.ts'
import type { MatmulKernel } from '../matmul/kernel.ts'
import { matmulKernel } from '../matmul/matmulKernel.ts'
import { mostChunks } from '../threads/jobWord.ts'
import type { Origin } from './addresses.ts'
import { divided, rangeOf, type Division } from './chunks.ts'
import { externalMatmul } from './externalMatmul.ts'
import { emitGather, emitScatterAdd } from './indexing.ts'
import { bytesOf } from './lanes.ts'
import { emitLoop, type EmitContext } from './loop.ts'
import { emitMatmul } from './matmul.ts'
import { emitRandom } from './random.ts'
import { worthOf } from './worth.ts'

/** What a program is assembled for. */
export interface Target {
  readonly features: Pick<Features, 'relaxed'>
  readonly memory: { readonly maximumPages: number; readonly shared: boolean }
  /** Where the buffers of the plan are. */
  readonly origins: readonly Origin[]
  /** How many threads work is divided for. */
  readonly threads: number
  /** Who computes matrix products outside, if anybody does. */
  readonly products: ExternalProducts | undefined
}

/** One kernel as a function that computes a part of it. */
export interface Stage {
  readonly parts: number
  /** Whether its parts are worth waking threads for; if not, only those that are awake take any. */
  readonly wakes: boolean
  readonly scratchBytes: number
  /** Whether it calls a function of its own that the module imports. */
  readonly isOutside?: boolean
  readonly body: (context: EmitContext, part: Code, scratch: Code) => Code
}

const workOf = ({ axes, code }: Loop): number =>
  axes.reduce((product, size) => product * size, 1) * Math.max(code.length, 1)

function loopStage(loop: Loop, threads: number): Stage {
  const divisible = loop.reduced.includes(0) ? 1 : threads
  const { parts, wakes } = worthOf('operations', workOf(loop), divisible, 4 * threads)
  const size = loop.axes[0] ?? 1
  const isElements = loop.axes.length === 1
  // Threads that write neighbouring elements in turn would fetch their line of memory from each other.
  const isFewOperations = loop.reduced.length === loop.axes.length - 1 && workOf(loop) < 4096 * size
  const division = divided(size, parts, isElements || isFewOperations ? 16 : 1)
  const { parts: count } = division
  return {
    parts: count,
    wakes,
    scratchBytes: 0,
    body: (context, part) =>
      emitLoop(context, loop, count === 1 ? undefined : new Map([[0, rangeOf(division, part)]])),
  }
}

/** How many bytes of a product are best finished before the next are computed: they stay in a cache. */
const cachedBytes = 512 * 1024
/** How many rows of a product are worth the packing of a whole matrix for them alone. */
const fewestRows = 192
/** How many rows each of two parts needs if they are to be handed out in the place of one: a thread that is held up is then helped. */
const fewestRowsOfPart = 96

function matmulDivisions(
  { m, n, dtype, epilogue }: Matmul,
  kernel: MatmulKernel,
  useful: number,
): readonly [Division, Division] {
  const { rows, columns } = useful === 1 ? { rows: 1, columns: 1 } : kernel.divide(useful)
  const cached =
    epilogue === undefined
      ? 1
      : Math.min(
          Math.ceil((m * n * bytesOf(dtype)) / cachedBytes),
          Math.floor(m / fewestRows),
          Math.floor(mostChunks / columns),
        )
  const balanced = rows > 1 && m >= 2 * rows * fewestRowsOfPart ? 2 * rows : rows
  const { granularity } = kernel
  return [
    divided(m, Math.max(balanced, cached, 1), granularity.rows),
    // What follows the product takes as many columns at a time as a vector has lanes.
    divided(n, columns, Math.max(granularity.columns, 4)),
  ]
}

function matmulStage(module: ModuleBuilder, target: Target, matmul: Matmul): Stage {
  const { m, n, k, dtype, a, b } = matmul
  const kernel = matmulKernel(module, target.features, {
    dtype,
    m,
    n,
    k,
    a: { row: a.rowStride, column: a.columnStride },
    b: { row: b.rowStride, column: b.columnStride },
    outRowStride: n,
  })
  const worth = worthOf('products', m * n * k * matmul.batch, target.threads)
  const [rows, columns] = matmulDivisions(matmul, kernel, worth.parts)
  const parts = rows.parts * columns.parts
  return {
    parts,
    wakes: worth.wakes,
    scratchBytes: kernel.scratchBytes,
    body: (context, part, scratch) =>
      emitMatmul(
        context,
        matmul,
        kernel,
        {
          rows: rangeOf(rows, columns.parts === 1 ? part : op('i32.div_u', part, i32(columns.parts))),
          columns: rangeOf(columns, rows.parts === 1 ? part : op('i32.rem_u', part, i32(columns.parts))),
          isWhole: parts === 1,
        },
        scratch,
      ),
  }
}

/** Products that are computed outside, by the names under which they are imported. */
export interface Outside {
  readonly products: ExternalProducts
  readonly imports: Record<string, ExternalProduct>
  readonly isRead: (buffer: number) => boolean
}

function outsideStage(
  module: ModuleBuilder,
  { products, imports, isRead }: Outside,
  matmul: Matmul,
): Stage | undefined {
  const name = `product${Object.keys(imports).length}`
  const external = externalMatmul(module, products, matmul, name, isRead)
  if (external === undefined) return undefined
  imports[name] = external.compute
  return {
    parts: 1,
    wakes: false,
    scratchBytes: 0,
    isOutside: true,
    body: (context) => external.emit(context),
  }
}

/** How a kernel is computed, in parts where there is enough to do. */
export function stageOf(
  module: ModuleBuilder,
  target: Target,
  outside: Outside | undefined,
  kernel: Exclude<Kernel, Check>,
  buffers: readonly BufferInfo[],
): Stage {
  const { threads } = target
  switch (kernel.kind) {
    case 'loop':
      return loopStage(kernel, threads)
    case 'matmul':
      return (outside && outsideStage(module, outside, kernel)) ?? matmulStage(module, target, kernel)
    case 'gather': {
      const elements = kernel.outer * kernel.items * kernel.inner
      const { parts, wakes } = worthOf('copies', elements, threads, 2 * threads)
      const division = divided(kernel.items, parts, 1)
      return {
        parts: division.parts,
        wakes,
        scratchBytes: 0,
        body: (context, part) => emitGather(context, kernel, rangeOf(division, part)),
      }
    }
    case 'scatterAdd': {
      const isSingle = buffers[kernel.out]?.dtype === 'float32'
      return {
        parts: 1,
        wakes: false,
        scratchBytes: isSingle ? kernel.outer * kernel.count * kernel.inner * 8 : 0,
        body: (context, _, scratch) => emitScatterAdd(context, kernel, scratch),
      }
    }
    case 'random': {
      const { length = 0 } = buffers[kernel.out] ?? {}
      const units = kernel.distribution === 'bits' ? length / 2 : length
      const { parts, wakes } = worthOf('draws', length, threads, 2 * threads)
      const division = divided(units, parts, 1)
      return {
        parts: division.parts,
        wakes,
        scratchBytes: 0,
        body: (context, part) => emitRandom(context, kernel, rangeOf(division, part)),
      }
    }
  }
}
