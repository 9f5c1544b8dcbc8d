import type { Check, Dtype, Kernel, Loop, Matmul, Plan } from '@pullback/core'
import { i32, nothing, op, sequence, when, type Code } from '../assembler/code.ts'
import { countUp } from '../assembler/countUp.ts'
import {
  moduleBuilder,
  type FunctionBuilder,
  type FunctionReference,
  type Local,
} from '../assembler/module.ts'
import { mathsLibrary } from '../maths/mathsLibrary.ts'
import type { ExternalProduct } from '../matmul/externalProducts.ts'
import type { Place } from '../threads/pool.ts'
import type { ScratchNeeds } from '../threads/scratchMemory.ts'
import { runSignature, scratchOf, stageName, stageSignature } from '../threads/stage.ts'
import { addressesGiven, addressesIn, addressOf } from './addresses.ts'
import { emitCheck } from './indexing.ts'
import { readsOf } from './reads.ts'
import { kernelKey, renumbered } from './renumbered.ts'
import { stageOf, type Stage, type Target } from './stage.ts'

/** A module to be: what it needs is known before its place is. */
export interface ProgramModule {
  /** How many functions the table is to have of it: exports called by `stageName`. */
  readonly functions: number
  readonly scratch: ScratchNeeds
  /** The functions that it imports beside those of a pool. */
  readonly imports: Readonly<Record<string, ExternalProduct>>
  /** A module whose `step` gives 0, a failure of the pool, or, if indices are out of range, 1 plus the number of the kernel. */
  readonly assemble: (place: Place) => Uint8Array<ArrayBuffer>
}

/** Code for every part of a stage, in the order of the parts. */
function everyPart(builder: FunctionBuilder, { parts }: Stage, code: (part: Code) => Code): Code {
  if (parts === 1) return code(i32(0))
  const part = builder.local('i32')
  return countUp(part, i32(0), i32(parts), 1, code(part.get))
}

const known =
  (value: () => number): Code =>
  (emission) =>
    i32(value())(emission)

/** Code that computes a part, with the scratch memory at an address. */
type PartCall = (part: Code, scratch: Code) => Code

/** In programs of more kernels than this, those that are alike share a function, which is given its buffers. */
const mostKernelsOfTheirOwn = 64

/** Begins the module of a plan: functions for its kernels, and `step`, which runs them one after another. */
export function programModule(plan: Plan, target: Target): ProgramModule {
  const module = moduleBuilder()
  const { maximumPages: maximum, shared: isShared } = target.memory
  module.importMemory('env', 'memory', { minimum: 1, maximum, shared: isShared })
  const run = module.importFunction('env', 'run', runSignature)
  const maths = mathsLibrary(module)
  const dtypeOf = (buffer: number): Dtype => plan.buffers[buffer]?.dtype ?? 'float32'
  const lengthOf = (buffer: number): number => plan.buffers[buffer]?.length ?? 0
  const { products, origins } = target
  const imports: Record<string, ExternalProduct> = {}
  const read = new Set([...plan.kernels.flatMap(readsOf), ...plan.outputs.map(({ buffer }) => buffer)])
  const outside = products && { products, imports, isRead: (buffer: number) => read.has(buffer) }
  let place: Place = { program: 0, position: 0 }
  const divided: FunctionReference[] = []
  const alike = new Map<string, FunctionReference>()
  const scratch = { inEach: 0, inMain: 0 }

  const checkOf = (check: Check): FunctionReference =>
    module.define({ parameters: [], results: ['i32'] }, (builder) => {
      const addresses = addressesIn(builder, origins)
      const code = emitCheck({ builder, addresses, maths, dtypeOf }, check, lengthOf(check.indices))
      return sequence(addresses.prologue(), code)
    })
  const functionOf = (stage: Stage): FunctionReference =>
    module.define(stageSignature, (builder) => {
      const [part, scratch] = builder.parameters
      const addresses = addressesIn(builder, origins)
      const context = { builder, addresses, maths, dtypeOf }
      const code = stage.body(context, part?.get ?? nothing, scratch?.get ?? nothing)
      return sequence(addresses.prologue(), code)
    })

  /** The call of a function that all kernels like this one share. */
  const sharedCall = (kernel: Loop | Matmul): PartCall => {
    const { kernel: again, buffers } = renumbered(kernel)
    const dtypes = buffers.map(dtypeOf)
    const key = kernelKey(again, dtypes)
    const parameters = [...stageSignature.parameters, ...buffers.map(() => 'i32' as const)]
    const reference =
      alike.get(key) ??
      module.define({ parameters, results: [] }, (builder) => {
        const [part, scratch, ...given] = builder.parameters
        const context = {
          builder,
          addresses: addressesGiven(given),
          maths,
          dtypeOf: (buffer: number): Dtype => dtypes[buffer] ?? 'float32',
        }
        const stage = stageOf(module, target, undefined, again, [])
        return stage.body(context, part?.get ?? nothing, scratch?.get ?? nothing)
      })
    alike.set(key, reference)
    const addresses = buffers.map((buffer) => addressOf(origins, buffer))
    return (part, scratch) => reference.call(part, scratch, ...addresses)
  }

  const callOf = (kernel: Kernel, index: number): ((builder: FunctionBuilder, status: Local) => Code) => {
    if (kernel.kind === 'check') {
      const check = checkOf(kernel)
      return () => when(check.call(), sequence(i32(1 + index), op('return')))
    }
    const stage = stageOf(module, target, outside, kernel, plan.buffers)
    const isAlone = target.threads === 1 || stage.parts === 1
    const where = isAlone ? 'inMain' : 'inEach'
    scratch[where] = Math.max(scratch[where], stage.scratchBytes)
    const isShareable = (kernel.kind === 'loop' || kernel.kind === 'matmul') && !stage.isOutside
    const shared = isShareable && plan.kernels.length > mostKernelsOfTheirOwn ? sharedCall(kernel) : undefined
    if (isAlone) {
      const call = shared ?? functionOf(stage).call
      return (builder) => everyPart(builder, stage, (part) => call(part, scratchOf(i32(0))))
    }
    const offset = divided.length
    divided.push(functionOf(shared === undefined ? stage : { ...stage, body: (_, ...of) => shared(...of) }))
    return (_, status) => {
      const program = known(() => place.program)
      const position = known(() => place.position + offset)
      return when(
        status.tee(run.call(program, position, i32(stage.parts), i32(stage.wakes ? 1 : 0))),
        sequence(status.get, op('return')),
      )
    }
  }
  const calls = plan.kernels.map(callOf)
  for (const [index, stage] of divided.entries()) module.export(stageName(index), stage)
  module.export(
    'step',
    module.define({ parameters: [], results: ['i32'] }, (builder) => {
      // One for all: a function may have 50,000 locals, and a program has no such limit.
      const status = builder.local('i32')
      return sequence(...calls.map((call) => call(builder, status)), i32(0))
    }),
  )
  return {
    functions: divided.length,
    scratch,
    imports,
    assemble(at) {
      place = at
      return module.assemble()
    },
  }
}
