import type { BackendName } from './backend.ts'

/** A row of the table, and a line of the plot of costs. */
export interface Entry {
  readonly name: string
  readonly backend: BackendName
  readonly threads: number
  /** Whether its first step compiles the ones after it. */
  readonly compiles?: boolean
  readonly remark?: string
}

/** The backends that are measured, each on so many threads. */
export const entries: readonly Entry[] = [
  {
    name: 'Pullback reference',
    backend: 'reference',
    threads: 1,
    remark: 'the interpreter that everything else is tested against',
  },
  { name: 'Pullback wasm', backend: 'wasm', threads: 1, compiles: true },
  { name: 'Pullback wasm', backend: 'wasm', threads: 2, compiles: true },
  { name: 'Pullback blas', backend: 'blas', threads: 1, compiles: true },
  { name: 'Pullback blas', backend: 'blas', threads: 2, compiles: true },
]
