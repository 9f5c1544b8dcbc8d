import type { CFunction, CType, Handle } from './koffi.ts'

/** The functions of a library by the names that C headers give them. */
export interface Symbols {
  /** The function, or undefined if the library has none of this name. */
  readonly find: (name: string, result: CType, parameters: readonly CType[]) => CFunction | undefined
  /** Whether integers are of 64 bits by the suffix of the names. */
  readonly wide: boolean
}

/** How builds with 64-bit integers, and those inside Python packages, rename what they export. */
const decorations = [
  { prefix: '', suffix: '', wide: false },
  { prefix: '', suffix: '64_', wide: true },
  { prefix: '', suffix: '_64', wide: true },
  { prefix: 'scipy_', suffix: '', wide: false },
  { prefix: 'scipy_', suffix: '64_', wide: true },
] as const

/** The functions of a loaded library, or undefined if it has no `cblas_sgemm` by any of the names in use. */
export function symbolsOf(handle: Handle): Symbols | undefined {
  const find = (name: string, result: CType, parameters: readonly CType[]) => {
    try {
      return handle.func(name, result, parameters)
    } catch {
      return undefined
    }
  }
  const decoration = decorations.find(
    ({ prefix, suffix }) => find(`${prefix}cblas_sgemm${suffix}`, 'void', []) !== undefined,
  )
  if (decoration === undefined) return undefined
  const { prefix, suffix, wide } = decoration
  return {
    wide,
    find: (name, result, parameters) =>
      find(`${prefix}${name}${suffix}`, result, parameters) ?? find(name, result, parameters),
  }
}
