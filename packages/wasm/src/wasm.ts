import type { Backend } from '@pullback/core'
import { detectFeatures } from './engine/features.ts'
import { createHeap } from './engine/heap.ts'
import { prepare, type Machine } from './prepare.ts'

export function wasm(): Backend {
  let machine: Machine | undefined
  const start = (): Machine => {
    const features = detectFeatures()
    return { features, heap: createHeap({ shared: false }) }
  }
  return {
    name: 'wasm',
    description: 'wasm',
    rank: 1,
    prepare(program) {
      machine ??= start()
      return prepare(machine, program)
    },
  }
}
