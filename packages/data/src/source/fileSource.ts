import type { ByteSource } from './byteSource.ts'
import { fileSystem } from './fileSystem.ts'

const chunkSize = 2 ** 18

/**
 * A source of the bytes of a file (in Node). Nothing is opened before it is read.
 *
 * @param path of the file, relative to the working folder or absolute
 */
export const fileSource = (path: string): ByteSource => ({
  name: path,
  bytes: async function* () {
    const host = fileSystem()
    if (host === undefined) throw Object.assign(new Error('no file system'), { code: 'ENOSYS' })
    yield* host.fs.createReadStream(path, { highWaterMark: chunkSize }) as AsyncIterable<Uint8Array>
  },
})

/** What readers take: the path of a file (in Node), or a source of bytes. */
export type Input = string | ByteSource

export const sourceOf = (input: Input): ByteSource => (typeof input === 'string' ? fileSource(input) : input)
