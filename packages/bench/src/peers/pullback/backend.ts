import { backendOf, type Backend } from '@pullback/core'

/** How each backend is loaded, for a number of threads; a new one is one line here and its lines in `entries`. */
export const backends = {
  reference: async (_threads: number): Promise<Backend> => backendOf('reference'),
} as const

export type BackendName = keyof typeof backends
