import type { Fault } from '../errors/dataError.ts'

/** The fault of a decompressor that failed. */
export function gzipFault(thrown: unknown): Fault {
  const { code } = thrown as { readonly code?: unknown }
  const found =
    // Node says when bytes are missing; a browser does not say what is wrong.
    code === 'Z_BUF_ERROR' ? 'one that is cut off' : 'one with missing, wrong or surplus bytes'
  return { kind: 'gzip', expected: 'a sound gzip file', found, remedy: 'get it again' }
}
