/** The part of a stream of Node that tells of its errors. */
interface ErrorSource {
  readonly on: (event: 'error', listener: (error: Error) => void) => unknown
}

/** Lets the command go on when the reader of a pipe has gone, as `head` does: what was found still decides how it ends. */
export function outliveReader(stream: ErrorSource): void {
  stream.on('error', (error) => {
    if (!('code' in error) || error.code !== 'EPIPE') throw error
  })
}
