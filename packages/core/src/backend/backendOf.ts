import type { Backend } from '../compile/backend.ts'
import { backendNamed, backends, fastestBackend } from './registry.ts'

/** How programs are to be computed: by the fastest backend that is there, by one of a name, or by this one. */
export type BackendChoice = 'auto' | 'reference' | 'wasm' | 'blas' | (string & {}) | Backend

const packages: ReadonlyMap<string, string> = new Map([
  ['wasm', '@pullback/wasm'],
  ['blas', '@pullback/blas'],
])

/**
 * The backend that is chosen: `'auto'` is that of the highest rank.
 *
 * @throws TypeError if none of that name is there, with what to install and import
 * @example
 * backendOf('reference').name // => 'reference'
 */
export function backendOf(choice: BackendChoice): Backend {
  if (choice === 'auto') return fastestBackend()
  if (typeof choice !== 'string') return choice
  const found = backendNamed(choice)
  if (found !== undefined) return found
  const home = packages.get(choice)
  if (home !== undefined)
    throw new TypeError(
      `the backend '${choice}' is not loaded: install ${home} and import it first; if it was imported, it registered with another copy of @pullback/core`,
    )
  const names = ['auto', ...backends().map(({ name }) => name), ...packages.keys()]
  throw new TypeError(`there is no backend '${choice}', only ${[...new Set(names)].join(', ')}`)
}
