const packages = { wasm: '@pullback/wasm', blas: '@pullback/blas' } as const

/** A backend that is a package of its own, which may be installed or not. */
export type OptionalBackend = keyof typeof packages

export const optionalBackends: readonly OptionalBackend[] = ['wasm', 'blas']

/**
 * Imports a package by a name that no bundler and no type checker can see, so that neither asks for a package that is
 * not installed.
 */
const importNamed = (name: string): Promise<unknown> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ name)

/**
 * Whether an import failed as there is no such package: Node gives a code, browsers a TypeError for a name that no
 * import map resolves. A package that is there and broken is another matter.
 */
export function isAbsent(name: string, error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { readonly code?: unknown }
  const isUnresolved = code === 'ERR_MODULE_NOT_FOUND' || (code === undefined && error instanceof TypeError)
  return isUnresolved && new RegExp(`[\\s'"“]${name}['"”,\\s]`, 'u').test(error.message)
}

async function attempt(name: string, load: (name: string) => Promise<unknown>): Promise<void> {
  try {
    await load(name)
  } catch (error) {
    if (!isAbsent(name, error)) throw error
  }
}

const attempts = new Map<OptionalBackend, Promise<void>>()

/** Lets the package of a backend register it, if the package is installed; tried once. */
export function loadOptional(backend: OptionalBackend): Promise<void> {
  const before = attempts.get(backend)
  if (before !== undefined) return before
  const now = attempt(packages[backend], importNamed)
  attempts.set(backend, now)
  return now
}
