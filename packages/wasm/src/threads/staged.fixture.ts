import {
  access,
  block,
  branchIf,
  i32,
  loop,
  op,
  sequence,
  type Code,
  type ValueType,
} from '../assembler/code.ts'
import { moduleBuilder, type Local } from '../assembler/module.ts'
import { namedFunction } from '../assembler/namedFunction.ts'
import type { Heap } from '../engine/heap.ts'
import { webAssembly } from '../engine/webAssembly.ts'
import type { LoadedProgram, Pool } from './pool.ts'
import { memoryLimits } from './poolModule.ts'
import { runSignature, scratchOf, stageSignature } from './stage.ts'

/** A program of one stage. */
export interface Staged {
  readonly loaded: LoadedProgram
  /** Runs the stage for so many chunks, which are worth waking workers for unless it is said that they are not. */
  readonly step: (chunks: number, wakes?: boolean) => number
}

/** What the stage of a test is written with. */
export interface StageBody {
  readonly chunk: Local
  /** The address of the thread's scratch memory. */
  readonly scratch: Code
  readonly isMain: Code
  readonly local: (type: ValueType) => Local
  /** Calls a function of the test, in the main thread only. */
  readonly callTest: Code
}

/** Loads a program whose only stage is the given code. */
export function loadStaged(
  heap: Heap,
  pool: Pool,
  body: (stage: StageBody) => Code,
  called: () => void = () => undefined,
): Staged {
  if (webAssembly === undefined) throw new Error('no WebAssembly')
  const { Module } = webAssembly
  const needs = { functions: 1, scratch: { inEach: 64, inMain: 64 }, imports: { test: { called } } }
  const loaded = pool.load(needs, ({ program, position }) => {
    const module = moduleBuilder()
    module.importMemory('env', 'memory', memoryLimits(heap.shared))
    module.importTable('env', 'table', position + 1)
    const run = module.importFunction('env', 'run', runSignature)
    const test = module.importFunction('test', 'called', { parameters: [], results: [] })
    const stage = namedFunction(
      module,
      ['chunk', 'scratch'],
      stageSignature.results,
      ({ chunk, scratch }, local) =>
        body({
          chunk,
          scratch: scratch.get,
          isMain: op('i32.eq', scratch.get, scratchOf(i32(0))),
          local,
          callTest: test.call(),
        }),
    )
    module.elements(position, [stage])
    const step = namedFunction(module, ['chunks', 'wakes'], ['i32'], ({ chunks, wakes }) =>
      run.call(i32(program), i32(position), chunks.get, wakes.get),
    )
    module.export('step', step)
    return new Module(module.assemble())
  })
  // The function alone would not keep the program loaded.
  const exported = loaded.instance.exports['step'] as (chunks: number, wakes: number) => number
  return { loaded, step: (chunks, wakes = true) => exported(chunks, wakes ? 1 : 0) }
}

/** Adds to an int32 at an address, for all threads. */
export const addAt = (address: Code, value: number): Code =>
  op('drop', access('i32.atomic.rmw.add', 0, address, i32(value)))

/** The address of the chunk's own int32 in a list of them. */
export const cellOf = (list: number, chunk: Local): Code =>
  op('i32.add', i32(list), op('i32.shl', chunk.get, i32(2)))

/** Waits until the int32 at an address is not 0; traps if it stays so for longer than any test lasts. */
export function waitFor(address: number, looks: Local): Code {
  const isSet = access('i32.atomic.load', 0, i32(address))
  return sequence(
    looks.set(i32(0)),
    block((done) =>
      loop((again) =>
        sequence(
          branchIf(done, isSet),
          branchIf(again, looks.tee(op('i32.add', looks.get, i32(1)))),
          op('unreachable'),
        ),
      ),
    ),
  )
}
