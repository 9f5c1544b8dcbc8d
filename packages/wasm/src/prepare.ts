import { lower, type Executable, type Plan, type Program } from '@pullback/core'
import { carriesOf, overwrittenInputs, type Exchange } from './carrying.ts'
import { programModule } from './emit/programModule.ts'
import { allOrNothing } from './engine/allOrNothing.ts'
import { webAssembly } from './engine/webAssembly.ts'
import { failedStep, trappedStep, type FailedStep } from './failedStep.ts'
import type { Machine } from './machine.ts'
import { placeBuffers, pointerBytes, type Places } from './places.ts'
import type { WasmStorage } from './storage.ts'
import { storagesOf } from './storages.ts'
import type { LoadedProgram } from './threads/pool.ts'

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
  const { functions, scratch, imports, assemble } = programModule(plan, {
    features,
    memory: { maximumPages: 65536, shared: heap.shared },
    origins,
    threads: pool.threads(),
    products,
  })
  return pool.load(
    { functions, scratch, imports: { env: imports } },
    (place) => new wasm.Module(assemble(place)),
  )
}

/** Compiles a program to a module of the machine. */
export const prepare = (machine: Machine, source: Program): Executable => preparePlan(machine, lower(source))

/** Compiles a plan to a module of the machine. */
export function preparePlan(machine: Machine, plan: Plan): Executable {
  const { heap } = machine
  const { places, storages, program } = allOrNothing(heap, (held) => {
    const places = placeBuffers(held, plan)
    const storages = storagesOf(held, plan)
    return { places, storages, program: loadPlan(machine, plan, places) }
  })
  const { inputs, targets, outputs } = storages
  const own = [...inputs, ...targets]
  let released = false
  // What is loaded and allocated is let go when it cannot be reached: `run` reaches all of it.
  const held = { places, program }
  const step = program.instance.exports['step'] as () => number
  const overwritten = overwrittenInputs(plan)

  const failure = ({ error, spoils }: FailedStep): Error => {
    if (spoils !== undefined)
      for (const input of overwritten) inputs[input]?.spoil(spoils(plan.inputs[input]?.name ?? ''))
    return error
  }
  const compute = (): number => {
    try {
      return step()
    } catch (error) {
      throw failure(trappedStep(machine, error))
    }
  }
  const point = (pointer: number, { region }: WasmStorage) => {
    heap.views().int32[places.pointers / pointerBytes + pointer] = region.address
  }
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
      if (bound.memory !== heap.memory)
        throw new TypeError(
          `input '${plan.inputs[input]?.name}' takes a storage of its own backend, but is given one of another`,
        )
      for (let index = 0; index < outputs.length; index++) if (outputs[index] === held) outputs[index] = bound
      bound.share()
      inputs[input] = bound
      point(input, bound)
      if (held !== bound) held.release()
    },
    run() {
      if (released) throw new Error('this program was released: prepare it once more')
      const lost = machine.pool.lost()
      if (lost !== undefined) throw lost
      for (let index = 0; index < inputs.length; index++) {
        const spoiled = inputs[index]?.spoiled()
        if (spoiled !== undefined) throw spoiled
      }
      const code = compute()
      if (code !== 0) throw failure(failedStep(machine, plan, held.places, code))
      for (const one of exchanges) exchange(one)
      for (const { from, to } of copies) {
        const source = inputs[from]
        const target = inputs[to]
        if (source !== undefined && target !== undefined && source !== target) target.copy(source)
      }
    },
    release() {
      released = true
      machine.pool.release(held.program)
      for (const region of held.places.regions) heap.free(region)
      for (const storage of own) storage?.release()
    },
  }
}
