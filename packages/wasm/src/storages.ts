import type { Plan, Slot } from '@pullback/core'
import { placeOf, targetOf } from './carrying.ts'
import type { Heap } from './engine/heap.ts'
import { createStorage, type WasmStorage } from './storage.ts'

/** The storages of a program; which is behind which pointer changes where values are exchanged. */
export interface Storages {
  readonly inputs: WasmStorage[]
  /** The storage behind each pointer to an output; those of outputs that lie elsewhere are of no use. */
  readonly targets: (WasmStorage | undefined)[]
  readonly outputs: WasmStorage[]
}

/** Memory for the inputs and outputs of a plan. */
export function storagesOf(heap: Heap, plan: Plan): Storages {
  const storageOf = ({ buffer, dtype }: Slot): WasmStorage =>
    createStorage(heap, dtype, plan.buffers[buffer]?.length ?? 0)
  const inputs = plan.inputs.map(storageOf)
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
  return { inputs, targets, outputs }
}
