import type { Backend } from '../compile/backend.ts'
import { reference } from './reference.ts'

const registered = new Map<string, Backend>([[reference.name, reference]])

/**
 * Lets `'auto'` and the name of a backend choose it; one of the same name takes its place. The packages of backends do
 * this when they are imported.
 *
 * @param backend with a `rank` above that of whatever it is faster than; the reference has 0
 * @example
 * registerBackend(backendOf('reference'))
 * backends().some(({ name }) => name === 'reference') // => true
 */
export function registerBackend(backend: Backend): void {
  registered.set(backend.name, backend)
}

/** The backends that are there, the fastest first. */
export const backends = (): readonly Backend[] => [...registered.values()].toSorted((a, b) => b.rank - a.rank)

/** The backend of the highest rank. */
export function fastestBackend(): Backend {
  let fastest = reference
  for (const backend of registered.values()) if (backend.rank > fastest.rank) fastest = backend
  return fastest
}

/** The backend of a name, if there is one. */
export const backendNamed = (name: string): Backend | undefined => registered.get(name)
