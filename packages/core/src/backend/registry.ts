import type { Backend } from '../compile/backend.ts'
import { reference } from './reference.ts'

const registered = new Map<string, Backend>([[reference.name, reference]])

/**
 * Lets `'auto'` and the name of a backend choose it; one of the same name takes its place. The packages of backends do
 * this when they are imported.
 *
 * @param backend with a `rank` above that of whatever it is faster than; the reference has 0, and one
 *   that cannot compute here less: chosen by its name it says why
 * @example
 * registerBackend(backendOf('reference'))
 * backends().some(({ name }) => name === 'reference') // => true
 */
export function registerBackend(backend: Backend): void {
  registered.set(backend.name, backend)
}

/** The backends that can compute here, those of a rank of at least 0, the fastest first. */
export const backends = (): readonly Backend[] =>
  [...registered.values()].filter(({ rank }) => rank >= 0).toSorted((a, b) => b.rank - a.rank)

/** The backend of the highest rank. */
export function fastestBackend(): Backend {
  let fastest = reference
  for (const backend of registered.values()) if (backend.rank > fastest.rank) fastest = backend
  return fastest
}

/** The backend of a name, of whatever rank, if there is one. */
export const backendNamed = (name: string): Backend | undefined => registered.get(name)
