import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import { quote } from '../errors/quote.ts'
import type { Chunks } from './chunks.ts'

/** The first two bytes of every gzip file: RFC 1952, section 2.3.1. */
const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b

function gzipFault(thrown: unknown): Fault {
  const { code, message } = thrown as { readonly code?: unknown; readonly message?: unknown }
  const remedy = 'download it again'
  // Node says which of the two it is; a browser does not.
  if (code === 'Z_BUF_ERROR')
    return { kind: 'gzip', expected: 'a whole gzip file', found: 'one that is cut off', remedy }
  const reason = [code, message].filter((part) => typeof part === 'string' && part !== '').join(': ')
  return {
    kind: 'gzip',
    expected: 'a sound gzip file',
    found: `damaged or surplus bytes in it (${quote(reason).slice(1, -1)})`,
    remedy,
  }
}

/** The chunks decompressed, as fast as the reader takes them. */
async function* inflated(chunks: Chunks): Chunks {
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
  // The same failure reaches the reader below, which reports it; the writing side only has to end.
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

/** The chunks decompressed if their first bytes are those of gzip, whatever the name of the file; otherwise unchanged. */
export async function* gunzipped(chunks: Chunks): Chunks {
  const iterator = chunks[Symbol.asyncIterator]()
  const first: E.Either<Fault, Uint8Array>[] = []
  let start = new Uint8Array()
  const rest: Chunks = {
    [Symbol.asyncIterator]: async function* () {
      try {
        yield* first
        for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
          yield next.value
      } finally {
        await iterator.return?.()
      }
    },
  }
  while (start.length < 2) {
    const next = await iterator.next()
    if (next.done === true) break
    first.push(E.map((chunk: Uint8Array) => new Uint8Array(chunk))(next.value))
    if (E.isLeft(next.value)) break
    start = Uint8Array.of(...start, ...next.value.right.subarray(0, 2))
  }
  yield* isGzip(start) ? inflated(rest) : rest
}
