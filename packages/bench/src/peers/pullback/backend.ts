import { blas, findLibrary } from '@pullback/blas'
import { backendOf, type Backend } from '@pullback/core'
import { wasm } from '@pullback/wasm'

/** How each backend is loaded, for a number of threads; a new one is one line here and its lines in `entries`. */
export const backends = {
  reference: (_threads: number): Backend => backendOf('reference'),
  wasm: (threads: number): Backend => wasm({ threads }),
  blas: (threads: number): Backend => blas({ threads }),
} as const

export type BackendName = keyof typeof backends

/** Why a backend is not there, or undefined if it is. */
export function missing(name: BackendName): string | undefined {
  const library = name === 'blas' ? findLibrary() : undefined
  return library?._tag === 'Left' ? library.left.message : undefined
}
