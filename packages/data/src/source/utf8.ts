import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'

/** Turns pieces of UTF-8 into pieces of text, a byte order mark left out; called without bytes at the end. */
export type Utf8 = (chunk?: Uint8Array) => E.Either<Fault, string>

export function utf8(): Utf8 {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  return (chunk) =>
    E.tryCatch(
      () => (chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true })),
      (): Fault => ({
        kind: 'header',
        expected: 'text in UTF-8',
        found: 'bytes that are not',
        remedy: 'save it as UTF-8',
      }),
    )
}
