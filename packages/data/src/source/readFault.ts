import type { Fault } from '../errors/dataError.ts'
import { quote } from '../errors/quote.ts'
import { wholePath } from './fileSystem.ts'

/** What the system knows about a failure. */
interface SystemFailure {
  readonly code?: unknown
  readonly path?: unknown
  readonly message?: unknown
}

const failureOf = (thrown: unknown): SystemFailure =>
  typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }

/** The fault of reading bytes that ended in an exception: of the file system, or of a source given by the caller. */
export function readFault(thrown: unknown): Fault {
  const { code, path, message } = failureOf(thrown)
  const looked = typeof path === 'string' ? wholePath(path) : 'its place'
  const unreadable = { kind: 'unreadable', expected: 'a file' } as const
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'missing', expected: 'a file', found: `nothing at ${looked}`, remedy: 'check the path' }
    case 'EISDIR':
      return { ...unreadable, found: 'a directory', remedy: 'name a file in it' }
    case 'EACCES':
    case 'EPERM':
      return { ...unreadable, found: `one that may not be read (${code})`, remedy: 'change its permissions' }
    case 'ENOSYS':
      return {
        ...unreadable,
        found: 'no file system',
        remedy: 'outside Node, fetch the file and give its bytes with bytesSource',
      }
    default:
      return { ...unreadable, expected: 'bytes to read', found: `the failure ${quote(String(message))}` }
  }
}
