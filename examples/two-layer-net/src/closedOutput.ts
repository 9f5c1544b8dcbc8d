/** The part of a stream of Node that tells of its errors. */
export interface ErrorSource {
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
}

// EPIPE: the reader of a pipe has gone, as `head` does; EIO: the terminal has.
const closed: ReadonlySet<unknown> = new Set(['EPIPE', 'EIO', 'ERR_STREAM_DESTROYED'])

/**
 * Lets a program go on silently when nobody reads what it prints any more: its report is still wanted.
 *
 * Any other error is thrown, as Node does by itself.
 */
export function outliveReaders(stream: ErrorSource): void {
  stream.on('error', (error) => {
    if (!closed.has((error as { readonly code?: unknown }).code)) throw error
  })
}
