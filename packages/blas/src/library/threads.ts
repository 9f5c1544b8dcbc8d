import type { ThreadControl } from './vendor.ts'

/** How many threads a library computes one product with. It has one such number for the whole process. */
export interface Threads {
  /** How many it used when it was loaded. */
  readonly initial: number
  /** Makes it use so many from the next product on, or as many as it has. */
  readonly use: (count: number) => void
  readonly inUse: () => number
}

/**
 * OpenBLAS and MKL begin with as many threads as there are cores, BLIS with one (some versions say -1), as it starts its
 * threads anew for every product, however small; their own environment variables say otherwise.
 */
export function threadsOf({ get, set }: ThreadControl): Threads {
  const inUse = () => Math.max(1, get())
  const initial = inUse()
  let current = initial
  return {
    initial,
    inUse,
    use(count) {
      // To tell or ask the library before every product would be felt in small ones.
      if (count === current) return
      set(count)
      current = count
    },
  }
}
