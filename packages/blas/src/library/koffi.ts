import { createRequire } from 'node:module'
import * as E from '#fp/Either'

// What this package uses of koffi. Its own types say `any`, and would have to be checked by everybody who uses ours.

export type CType = 'void' | 'void *' | 'str' | 'int' | 'int64_t' | 'float' | 'double'

type Argument = number | bigint | Uint8Array

export type CFunction = (...args: readonly Argument[]) => unknown

export interface Handle {
  /** @throws Error if the library has no such function */
  readonly func: (name: string, result: CType, parameters: readonly CType[]) => CFunction
}

export interface Koffi {
  /** @throws Error if there is no such library, or it does not load */
  readonly load: (file: string) => Handle
  readonly address: (view: Uint8Array) => bigint
}

/** What an error says, on one line. */
export const said = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s+/g, ' ').trim()

/**
 * koffi is loaded when a library is looked for, and not before: where it has no binary for the machine it throws as it is
 * imported, and whoever imports this package shall get a sentence instead.
 */
export const loadKoffi = (): E.Either<string, Koffi> =>
  E.tryCatch(() => createRequire(import.meta.url)('koffi') as Koffi, said)
