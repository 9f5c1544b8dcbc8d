import type { Backend } from '@pullback/core'
import { detectFeatures } from './engine/features.ts'
import { createHeap } from './engine/heap.ts'
import type { ProductsOver } from './matmul/externalProducts.ts'
import type { Machine } from './machine.ts'
import { prepare } from './prepare.ts'
import { createPool, type PoolOptions } from './threads/pool.ts'

interface Made {
  readonly machine: Machine
  /** A backend of this machine. */
  readonly backend: Backend
}

const made: Machine[] = []

/** Ends all workers that tests have started. */
export function stopMachines(): void {
  for (const { pool } of made.splice(0)) pool.stop()
}

/** A machine that the test has in its hands, as `wasm` makes it. */
export function machineOf({
  maximumBytes,
  products,
  ...options
}: PoolOptions & { readonly maximumBytes?: number; readonly products?: ProductsOver }): Made {
  const heap = createHeap({
    shared: options.threads > 1,
    ...(maximumBytes !== undefined && { maximumBytes }),
  })
  const machine: Machine = {
    heap,
    features: detectFeatures(),
    pool: createPool(heap, options),
    products: products?.(heap.memory),
  }
  made.push(machine)
  const backend: Backend = {
    name: 'wasm',
    description: 'wasm of a test',
    rank: -1,
    prepare: (program) => prepare(machine, program),
  }
  return { machine, backend }
}
