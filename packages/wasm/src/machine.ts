import type { Features } from './engine/features.ts'
import type { Heap } from './engine/heap.ts'
import type { ExternalProducts } from './matmul/externalProducts.ts'
import type { Pool } from './threads/pool.ts'

/** What the programs of a backend share. */
export interface Machine {
  readonly heap: Heap
  readonly features: Features
  readonly pool: Pool
  readonly products: ExternalProducts | undefined
}
