import { backendOf, backends, type Backend, type BackendChoice } from '@pullback/core'
import { loadOptional, optionalBackends, type OptionalBackend } from './optionalBackend.ts'

const isThere = (name: string): boolean => backends().some((backend) => backend.name === name)

/** The packages to look for, for a choice. */
function wanted(choice: BackendChoice): readonly OptionalBackend[] {
  if (choice === 'auto') return optionalBackends
  return optionalBackends.filter((name) => name === choice)
}

/** Throws the sentence for a choice that no package can answer. */
export function checkBackend(choice: BackendChoice): void {
  if (wanted(choice).length === 0) backendOf(choice)
}

/**
 * The backend that is chosen, its package imported if need be: `'auto'` is the fastest of all that are installed.
 *
 * In Node, `@pullback/wasm` and `@pullback/blas` are found by themselves. Where programs are bundled, as for browsers,
 * the program imports them before: no bundler can see an import of what may not be installed.
 *
 * @param choice a name, `'auto'` unless given, or a backend, which is given back
 * @throws TypeError, when awaited, if none of that name is there, with what to install
 * @example
 * const backend = await loadBackend('reference')
 * backend.description // => 'reference interpreter'
 */
export async function loadBackend(choice: BackendChoice = 'auto'): Promise<Backend> {
  for (const name of wanted(choice)) if (!isThere(name)) await loadOptional(name)
  return backendOf(choice)
}
