import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import { builtin } from './builtin.ts'
import type { Chunks } from './chunks.ts'
import { gzipFault } from './gzipFault.ts'

const chunkSize = 2 ** 18

/** The decompressor of Node for these chunks, or undefined in a browser. */
export function inflateInNode(): ((chunks: Chunks) => Chunks) | undefined {
  const zlib = builtin('node:zlib')
  const stream = builtin('node:stream/promises')
  if (zlib === undefined || stream === undefined) return undefined
  return async function* (chunks) {
    let fault: Fault | undefined
    const source = async function* () {
      for await (const chunk of chunks) {
        if (E.isLeft(chunk)) {
          fault = chunk.left
          throw new Error(fault.found)
        }
        // A copy, since a source may overwrite its buffer while the decompressor still has it queued.
        yield new Uint8Array(chunk.right)
      }
    }
    const gunzip = zlib.createGunzip({ chunkSize })
    // The same failure reaches the loop below, which reports it; the writing side only has to end.
    const feeding = stream.pipeline(source, gunzip).catch(() => undefined)
    try {
      for await (const piece of gunzip as AsyncIterable<Uint8Array>) yield E.right(piece)
    } catch (thrown) {
      yield E.left(fault ?? gzipFault(thrown))
    } finally {
      await feeding
    }
  }
}
