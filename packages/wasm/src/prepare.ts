import {
  lower,
  type Check,
  type Executable,
  type Place,
  type Plan,
  type Program,
  type Slot,
} from '@pullback/core'
import { assembleProgram } from './emit/assembleProgram.ts'
import type { Origin } from './emit/addresses.ts'
import { bytesOf } from './emit/lanes.ts'
import type { Features } from './engine/features.ts'
import type { Heap, Region } from './engine/heap.ts'
import { webAssembly } from './engine/webAssembly.ts'
import { createStorage, viewOf, type WasmStorage } from './storage.ts'

/** What the programs of a backend share. */
export interface Machine {
  readonly heap: Heap
  readonly features: Features
}

interface Places {
  readonly origins: readonly Origin[]
  /** What must stay allocated as long as the program can run. */
  readonly regions: Region[]
  /** Where the pointers to inputs and, after them, outputs are. */
  readonly pointers: number
}

const pointerBytes = 4

function placeBuffers(heap: Heap, { buffers, inputs, outputs, arenaBytes }: Plan): Places {
  const pointers = heap.allocate((inputs.length + outputs.length) * pointerBytes)
  const arena = heap.allocate(arenaBytes)
  const regions = [pointers, arena]
  const origins = buffers.map(({ place, dtype }): Origin => {
    switch (place.kind) {
      case 'input':
        return { pointerAt: pointers.address + place.index * pointerBytes }
      case 'output':
        return { pointerAt: pointers.address + (inputs.length + place.index) * pointerBytes }
      case 'arena':
        return { address: arena.address + place.offset }
      case 'constant': {
        const region = heap.allocate(place.values.length * bytesOf(dtype))
        viewOf(heap, dtype).set(place.values, region.address / bytesOf(dtype))
        regions.push(region)
        return { address: region.address }
      }
    }
  })
  return { origins, regions, pointers: pointers.address }
}

function indexError(heap: Heap, plan: Plan, { origins }: Places, { indices, size, what }: Check): RangeError {
  const origin = origins[indices]
  const { int32 } = heap.views()
  const address =
    origin === undefined ? 0 : 'address' in origin ? origin.address : (int32[origin.pointerAt / 4] ?? 0)
  const { length = 0 } = plan.buffers[indices] ?? {}
  const values = int32.subarray(address / 4, address / 4 + length)
  const position = values.findIndex((index) => index < 0 || index >= size)
  return new RangeError(
    `${what}: index ${values[position]} at position ${position} is outside an axis of size ${size}`,
  )
}

/** The function that runs a plan whose buffers have their places: 0 if all went well. */
function compileStep({ heap, features }: Machine, plan: Plan, { origins, regions }: Places): () => number {
  if (webAssembly === undefined) throw new Error('the wasm backend needs an engine that has WebAssembly')
  let scratch: Region | undefined
  const { bytes } = assembleProgram(plan, {
    features,
    memory: { maximumPages: 65536, shared: heap.shared },
    origins,
    threads: 1,
    tablePosition: 0,
    scratch(size) {
      if (scratch === undefined) {
        scratch = heap.allocate(size)
        regions.push(scratch)
      }
      return scratch.address
    },
  })
  const { exports } = new webAssembly.Instance(new webAssembly.Module(bytes), {
    pullback: { memory: heap.memory },
  })
  return exports['step'] as () => number
}

/** An output whose storage becomes that of an input after a run, and the other way round. */
interface Exchange {
  readonly input: number
  readonly target: number
  /** The outputs that are read from there. */
  readonly shown: readonly number[]
}

const placeOf = ({ buffers }: Plan, { buffer }: Slot): Place => {
  const place = buffers[buffer]?.place
  if (place === undefined) throw new Error(`the plan has no buffer ${buffer}`)
  return place
}

/** The output whose storage an output is in, or undefined if it is in that of an input. */
function targetOf(plan: Plan, output: number): number | undefined {
  const slot = plan.outputs[output]
  const place = slot && placeOf(plan, slot)
  return place?.kind === 'output' ? place.index : undefined
}

/** How values are carried that are not written in place: by an exchange, or a copy where two inputs become the same. */
function carriesOf(plan: Plan) {
  const exchanges: Exchange[] = []
  const copies: { readonly from: number; readonly to: number }[] = []
  for (const { input, output } of plan.carried) {
    const target = targetOf(plan, output)
    const earlier = exchanges.find((one) => one.target === target)
    const shown = [...plan.outputs.keys()].filter((index) => targetOf(plan, index) === target)
    if (earlier !== undefined) copies.push({ from: earlier.input, to: input })
    else if (target !== undefined) exchanges.push({ input, target, shown })
    else {
      const slot = plan.outputs[output]
      const place = slot && placeOf(plan, slot)
      if (place?.kind === 'input' && place.index !== input) copies.push({ from: place.index, to: input })
    }
  }
  return { exchanges, copies }
}

function stepError(heap: Heap, plan: Plan, places: Places, code: number): Error {
  const kernel = plan.kernels[code - 1]
  return kernel?.kind === 'check'
    ? indexError(heap, plan, places, kernel)
    : new Error(`a step of the wasm backend ended with code ${code}`)
}

/** Compiles a program to a module of the machine. */
export function prepare(machine: Machine, program: Program): Executable {
  const { heap } = machine
  const plan = lower(program)
  const places = placeBuffers(heap, plan)
  const step = compileStep(machine, plan, places)
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
      const code = step()
      if (code !== 0) throw stepError(heap, plan, places, code)
      for (const one of exchanges) exchange(one)
      for (const { from, to } of copies) {
        const source = inputs[from]
        const target = inputs[to]
        if (source !== undefined && target !== undefined && source !== target) target.write(source.read())
      }
    },
  }
}
