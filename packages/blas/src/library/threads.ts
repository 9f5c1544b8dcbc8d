import { availableParallelism } from 'node:os'
import type { Vendor } from './vendor.ts'

/** How many threads a library computes one product with. It has one such number for the whole process. */
export interface Threads {
  /** How many it uses if nobody says otherwise. */
  readonly initial: number
  /** Makes it use so many from the next product on, or as many as it has. */
  readonly use: (count: number) => void
  readonly inUse: () => number
}

/**
 * OpenBLAS and MKL begin with as many threads as there are cores, or as their own environment variables say; BLIS begins
 * with one (some versions say -1) unless its variables say otherwise.
 */
export function threadsOf(
  { name, threads }: Vendor,
  env: Readonly<Record<string, string | undefined>>,
): Threads | undefined {
  if (threads === undefined) return undefined
  const isSilentBlis =
    name.startsWith('BLIS') && env['BLIS_NUM_THREADS'] === undefined && env['OMP_NUM_THREADS'] === undefined
  const initial = isSilentBlis ? availableParallelism() : Math.max(1, threads.get())
  let current = isSilentBlis ? 1 : initial
  return {
    initial,
    use(count) {
      // To ask the library before every product would take a third of the time of the call.
      if (count === current) return
      threads.set(count)
      current = count
    },
    inUse: () => Math.max(1, threads.get()),
  }
}
