import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import type { Chunks } from './chunks.ts'
import { inflateInBrowser } from './inflateInBrowser.ts'
import { inflateInNode } from './inflateInNode.ts'

/** The first two bytes of every gzip file: RFC 1952, section 2.3.1. */
const isGzip = (start: Uint8Array): boolean => start[0] === 0x1f && start[1] === 0x8b

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
  yield* isGzip(start) ? (inflateInNode() ?? inflateInBrowser)(rest) : rest
}
