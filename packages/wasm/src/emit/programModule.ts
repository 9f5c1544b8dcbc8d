import type { Check, Dtype, Kernel, Loop, Matmul, Plan } from '@pullback/core'
import { i32, nothing, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import {
  moduleBuilder,
  type FunctionBuilder,
  type FunctionReference,
  type ModuleBuilder,
} from '../assembler/module.ts'
import type { Features } from '../engine/features.ts'
import { mathsLibrary, type MathsLibrary } from '../maths/mathsLibrary.ts'
import type { ExternalProduct, ExternalProducts } from '../matmul/externalProducts.ts'
import type { MatmulKernel } from '../matmul/kernel.ts'
import { matmulKernel } from '../matmul/matmulKernel.ts'
import { addressesIn, type Origin } from './addresses.ts'
import { divided, rangeOf, type Division } from './chunks.ts'
import { externalMatmul } from './externalMatmul.ts'
import { emitCheck, emitGather, emitScatterAdd } from './indexing.ts'
import { bytesOf } from './lanes.ts'
import { emitLoop, type EmitContext } from './loop.ts'
import { emitMatmul } from './matmul.ts'
import { readsOf } from './reads.ts'
import { emitRandom } from './random.ts'
import type { Place } from '../threads/pool.ts'
import { runSignature, scratchOf, stageSignature } from '../threads/stage.ts'

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

/** A module to be: what it needs is known before its place is. */
export interface ProgramModule {
  /** How many functions it puts into the table. */
  readonly functions: number
  /** How much scratch memory each thread needs. */
  readonly scratchBytes: number
  /** The functions that it imports beside those of a pool. */
  readonly imports: Readonly<Record<string, ExternalProduct>>
  /** A module whose `step` gives 0, a failure of the pool, or, if indices are out of range, 1 plus the number of the kernel. */
  readonly assemble: (place: Place) => Uint8Array<ArrayBuffer>
}

/** One kernel as a function that computes a part of it. */
interface Stage {
  readonly parts: number
  readonly scratchBytes: number
  readonly body: (context: EmitContext, part: Code, scratch: Code) => Code
}

/** How much work, in elements computed, makes a part that another thread is worth waking for. */
const worthwhile = 32_768
const randomWorthwhile = 1024

const workOf = ({ axes, code }: Loop): number =>
  axes.reduce((product, size) => product * size, 1) * Math.max(code.length, 1)

function loopStage(loop: Loop, threads: number): Stage {
  const axis = loop.reduced.includes(0) ? undefined : 0
  const parts = axis === undefined ? 1 : Math.min(Math.floor(workOf(loop) / worthwhile), 4 * threads)
  const size = loop.axes[0] ?? 1
  const isLast = loop.axes.length === 1 || loop.reduced.length === loop.axes.length - 1
  const division = divided(size, threads === 1 ? 1 : Math.max(parts, 1), isLast ? 16 : 1)
  const { parts: count } = division
  return {
    parts: count,
    scratchBytes: 0,
    body: (context, part) =>
      emitLoop(context, loop, count === 1 ? undefined : new Map([[0, rangeOf(division, part)]])),
  }
}

/** How many bytes of a product are best finished before the next are computed: they stay in a cache. */
const cachedBytes = 512 * 1024
/** How many rows of a product are worth the packing of a whole matrix for them alone. */
const fewestRows = 192

function matmulDivisions(
  matmul: Matmul,
  kernel: MatmulKernel,
  threads: number,
): readonly [Division, Division] {
  const { m, n, k, batch, dtype, epilogue } = matmul
  const work = m * n * k * batch
  const useful = Math.max(Math.min(threads, Math.floor(work / worthwhile)), 1)
  const { rows, columns } = useful === 1 ? { rows: 1, columns: 1 } : kernel.divide(useful)
  const cached =
    epilogue === undefined
      ? 1
      : Math.min(Math.ceil((m * n * bytesOf(dtype)) / cachedBytes), Math.floor(m / fewestRows))
  const { granularity } = kernel
  return [
    divided(m, Math.max(rows, cached, 1), granularity.rows),
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
  const [rows, columns] = matmulDivisions(matmul, kernel, target.threads)
  const parts = rows.parts * columns.parts
  return {
    parts,
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
interface Outside {
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
  return { parts: 1, scratchBytes: 0, body: (context) => external.emit(context) }
}

function stageOf(
  module: ModuleBuilder,
  target: Target,
  outside: Outside | undefined,
  kernel: Exclude<Kernel, Check>,
  lengthOf: (buffer: number) => number,
): Stage {
  const { threads } = target
  switch (kernel.kind) {
    case 'loop':
      return loopStage(kernel, threads)
    case 'matmul':
      return (outside && outsideStage(module, outside, kernel)) ?? matmulStage(module, target, kernel)
    case 'gather': {
      const elements = kernel.outer * kernel.items * kernel.inner
      const parts = threads === 1 ? 1 : Math.min(Math.floor(elements / worthwhile), 2 * threads)
      const division = divided(kernel.items, Math.max(parts, 1), 1)
      return {
        parts: division.parts,
        scratchBytes: 0,
        body: (context, part) => emitGather(context, kernel, rangeOf(division, part)),
      }
    }
    case 'scatterAdd':
      return {
        parts: 1,
        scratchBytes: kernel.outer * kernel.count * kernel.inner * 8,
        body: (context, _, scratch) => emitScatterAdd(context, kernel, scratch),
      }
    case 'random': {
      const length = lengthOf(kernel.out)
      const units = kernel.distribution === 'bits' ? length / 2 : length
      const parts = threads === 1 ? 1 : Math.min(Math.floor(length / randomWorthwhile), 2 * threads)
      const division = divided(units, Math.max(parts, 1), 1)
      return {
        parts: division.parts,
        scratchBytes: 0,
        body: (context, part) => emitRandom(context, kernel, rangeOf(division, part)),
      }
    }
  }
}

/** Calls every part of a stage, in the order of the parts. */
function callAll(builder: FunctionBuilder, stage: FunctionReference, parts: number): Code {
  const scratch = scratchOf(i32(0))
  if (parts === 1) return stage.call(i32(0), scratch)
  const part = builder.local('i32')
  return countUp(part, i32(0), i32(parts), 1, stage.call(part.get, scratch))
}

const withAddresses = (
  builder: FunctionBuilder,
  { origins }: Target,
  maths: MathsLibrary,
  dtypeOf: (buffer: number) => Dtype,
  emit: (context: EmitContext) => Code,
): Code => {
  const addresses = addressesIn(builder, origins)
  const code = emit({ builder, addresses, maths, dtypeOf })
  return sequence(addresses.prologue(), code)
}

const known =
  (value: () => number): Code =>
  (emission) =>
    i32(value())(emission)

/** Begins the module of a plan: a function for each kernel, and `step`, which runs them one after another. */
export function programModule(plan: Plan, target: Target): ProgramModule {
  const module = moduleBuilder()
  const { maximumPages: maximum, shared } = target.memory
  module.importMemory('env', 'memory', { minimum: 1, maximum, shared })
  module.importTable('env', 'table', 0)
  const run = module.importFunction('env', 'run', runSignature)
  const maths = mathsLibrary(module)
  const dtypeOf = (buffer: number): Dtype => plan.buffers[buffer]?.dtype ?? 'float32'
  const lengthOf = (buffer: number): number => plan.buffers[buffer]?.length ?? 0
  const { products } = target
  const imports: Record<string, ExternalProduct> = {}
  const read = new Set([...plan.kernels.flatMap(readsOf), ...plan.outputs.map(({ buffer }) => buffer)])
  const outside = products && { products, imports, isRead: (buffer: number) => read.has(buffer) }
  let place: Place = { program: 0, position: 0 }
  const divided: FunctionReference[] = []
  let scratchBytes = 0

  const checkOf = (check: Check): FunctionReference =>
    module.define({ parameters: [], results: ['i32'] }, (builder) =>
      withAddresses(builder, target, maths, dtypeOf, (context) =>
        emitCheck(context, check, lengthOf(check.indices)),
      ),
    )
  const functionOf = (stage: Stage): FunctionReference =>
    module.define(stageSignature, (builder) => {
      const [part, scratch] = builder.parameters
      return withAddresses(builder, target, maths, dtypeOf, (context) =>
        stage.body(context, part?.get ?? nothing, scratch?.get ?? nothing),
      )
    })
  const callOf = (kernel: Kernel, index: number): ((builder: FunctionBuilder) => Code) => {
    if (kernel.kind === 'check') {
      const check = checkOf(kernel)
      return () => when(check.call(), sequence(i32(1 + index), op('return')))
    }
    const stage = stageOf(module, target, outside, kernel, lengthOf)
    scratchBytes = Math.max(scratchBytes, stage.scratchBytes)
    const reference = functionOf(stage)
    if (target.threads === 1 || stage.parts === 1)
      return (builder) => callAll(builder, reference, stage.parts)
    const offset = divided.length
    divided.push(reference)
    return (builder) => {
      const status = builder.local('i32')
      const program = known(() => place.program)
      const position = known(() => place.position + offset)
      return when(
        status.tee(run.call(program, position, i32(stage.parts))),
        sequence(status.get, op('return')),
      )
    }
  }
  const calls = plan.kernels.map(callOf)
  module.export(
    'step',
    module.define({ parameters: [], results: ['i32'] }, (builder) =>
      sequence(...calls.map((call) => call(builder)), i32(0)),
    ),
  )
  return {
    functions: divided.length,
    scratchBytes,
    imports,
    assemble(at) {
      place = at
      if (divided.length > 0) module.elements(at.position, divided)
      return module.assemble()
    },
  }
}
