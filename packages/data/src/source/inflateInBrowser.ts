import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import type { Chunks } from './chunks.ts'
import { gzipFault } from './gzipFault.ts'

/** The chunks decompressed by the web's stream, which refuses files of several members. */
export async function* inflateInBrowser(chunks: Chunks): Chunks {
  const { readable, writable } = new DecompressionStream('gzip')
  const writer = writable.getWriter()
  const reader = readable.getReader() as ReadableStreamDefaultReader<Uint8Array>
  let fault: Fault | undefined
  const feed = async (): Promise<void> => {
    for await (const chunk of chunks) {
      if (E.isLeft(chunk)) {
        fault = chunk.left
        await writer.abort()
        return
      }
      // A copy, since a source may overwrite its buffer while the decompressor still has it queued.
      await writer.write(new Uint8Array(chunk.right))
    }
    await writer.close()
  }
  // The same failure reaches the loop below, which reports it; the writing side only has to end.
  const feeding = feed().catch(() => undefined)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) break
      yield E.right(value)
    }
  } catch (thrown) {
    yield E.left(fault ?? gzipFault(thrown))
  } finally {
    await reader.cancel().catch(() => undefined)
    await feeding
  }
}
