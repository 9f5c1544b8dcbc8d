import { lower, type Executable, type Plan, type Program, type Slot } from '@pullback/core'
import { carriesOf, placeOf, targetOf, type Exchange } from './carrying.ts'
import { programModule } from './emit/programModule.ts'
import type { Features } from './engine/features.ts'
import type { Heap } from './engine/heap.ts'
import { webAssembly } from './engine/webAssembly.ts'
import type { ExternalProducts } from './matmul/externalProducts.ts'
import { indexError, placeBuffers, pointerBytes, type Places } from './places.ts'
import { createStorage, type WasmStorage } from './storage.ts'
import type { LoadedProgram, Pool } from './threads/pool.ts'

/** What the programs of a backend share. */
export interface Machine {
  readonly heap: Heap
  readonly features: Features
  readonly pool: Pool
  readonly products: ExternalProducts | undefined
}

function engine() {
  if (webAssembly === undefined) throw new Error('the wasm backend needs an engine that has WebAssembly')
  return webAssembly
}

/** The program of a plan whose buffers have their places. */
function loadPlan(
  { heap, features, pool, products }: Machine,
  plan: Plan,
  { origins }: Places,
): LoadedProgram {
  const wasm = engine()
  const { functions, scratchBytes, imports, assemble } = programModule(plan, {
    features,
    memory: { maximumPages: 65536, shared: heap.shared },
    origins,
    threads: pool.threads(),
    products,
  })
  return pool.load(
    { functions, scratchBytes, imports: { env: imports } },
    (place) => new wasm.Module(assemble(place)),
  )
}

function stepError({ heap, pool }: Machine, plan: Plan, places: Places, code: number): Error {
  const kernel = plan.kernels[code - 1]
  return kernel?.kind === 'check'
    ? indexError(heap, plan, places, kernel)
    : (pool.failure(code) ?? new Error(`a step of the wasm backend ended with code ${code}`))
}

/** Compiles a program to a module of the machine. */
export function prepare(machine: Machine, source: Program): Executable {
  const { heap } = machine
  const plan = lower(source)
  const places = placeBuffers(heap, plan)
  // What is loaded and allocated is let go when it cannot be reached: `run` reaches all of it.
  const held = { places, program: loadPlan(machine, plan, places) }
  const step = held.program.instance.exports['step'] as () => number
  const compute = (): number => {
    try {
      return step()
    } catch (error) {
      // No worker may go on with a step that is given up.
      const { pool } = machine
      throw pool.failure(pool.close()) ?? error
    }
  }
  const storageOf = ({ buffer, dtype }: Slot): WasmStorage =>
    createStorage(heap, dtype, plan.buffers[buffer]?.length ?? 0)
  const point = (pointer: number, { region }: WasmStorage) => {
    heap.views().int32[places.pointers / pointerBytes + pointer] = region.address
  }

  const inputs = plan.inputs.map(storageOf)
  // The storage behind each pointer to an output; those of outputs that lie elsewhere are of no use.
  const targets = plan.outputs.map((slot, index) =>
    targetOf(plan, index) === index ? storageOf(slot) : undefined,
  )
  const outputs = plan.outputs.map((slot, index): WasmStorage => {
    const place = placeOf(plan, slot)
    const target = targetOf(plan, index)
    const found =
      target === undefined ? (place.kind === 'input' ? inputs[place.index] : undefined) : targets[target]
    if (found === undefined) throw new Error(`output '${slot.name}' of the plan has no storage`)
    return found
  })
  inputs.forEach((storage, index) => point(index, storage))
  targets.forEach((storage, index) => {
    if (storage !== undefined) point(inputs.length + index, storage)
  })

  const { exchanges, copies } = carriesOf(plan)
  const exchange = ({ input, target, shown }: Exchange) => {
    const held = inputs[input]
    const written = targets[target]
    if (held === undefined || written === undefined) throw new Error('a carried value has no storage')
    inputs[input] = written
    targets[target] = held
    point(input, written)
    point(inputs.length + target, held)
    for (const index of shown) outputs[index] = written
  }
  return {
    inputs,
    outputs,
    bind(input, storage) {
      const bound = storage as WasmStorage
      const held = inputs[input]
      if (held === undefined || bound.length !== held.length || bound.dtype !== held.dtype)
        throw new TypeError(
          `input '${plan.inputs[input]?.name}' takes a storage of ${held?.length} elements of ${held?.dtype}, but is given one of ${bound.length} of ${bound.dtype}`,
        )
      for (let index = 0; index < outputs.length; index++) if (outputs[index] === held) outputs[index] = bound
      inputs[input] = bound
      point(input, bound)
    },
    run() {
      const code = compute()
      if (code !== 0) throw stepError(machine, plan, held.places, code)
      for (const one of exchanges) exchange(one)
      for (const { from, to } of copies) {
        const source = inputs[from]
        const target = inputs[to]
        if (source !== undefined && target !== undefined && source !== target) target.write(source.read())
      }
    },
  }
}
