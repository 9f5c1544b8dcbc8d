import { backendOf, backends, type Backend, type BackendChoice } from '@pullback/core'
import { loadOptional, type OptionalBackend } from './optionalBackend.ts'

const isThere = (name: string): boolean => backends().some((backend) => backend.name === name)

/** The packages to look for, for a choice. */
function wanted(choice: BackendChoice): readonly OptionalBackend[] {
  if (choice === 'auto') return ['wasm', 'blas']
  return choice === 'wasm' || choice === 'blas' ? [choice] : []
}

/** Throws the sentence for a choice that no package can answer. */
export function checkBackend(choice: BackendChoice): void {
  if (wanted(choice).length === 0) backendOf(choice)
}

/**
 * The backend that is chosen, its package imported if need be: `'auto'` is the fastest of all that are installed.
 *
 * @throws TypeError if none of that name is there, with what to install
 */
export async function loadedBackend(choice: BackendChoice): Promise<Backend> {
  for (const name of wanted(choice)) if (!isThere(name)) await loadOptional(name)
  return backendOf(choice)
}
