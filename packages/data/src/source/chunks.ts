import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import type { ByteSource } from './byteSource.ts'
import { readFault } from './readFault.ts'

/** Bytes in pieces; the first fault is the last thing that comes. */
export type Chunks = AsyncIterable<E.Either<Fault, Uint8Array>>

/** Throws unless a piece is bytes: a source without types, such as a stream with an encoding set, may give any. */
function checkedBytes(chunk: unknown): Uint8Array {
  // By its name, since the bytes of another window are of another class.
  if (Object.prototype.toString.call(chunk) !== '[object Uint8Array]')
    throw new TypeError(`it gives ${typeof chunk} instead of bytes`)
  return chunk as Uint8Array
}

/** The bytes of a source, an exception of it turned into a fault. */
export async function* chunksOf(source: ByteSource): Chunks {
  try {
    for await (const chunk of source.bytes()) yield E.right(checkedBytes(chunk))
  } catch (thrown) {
    yield E.left(readFault(thrown))
  }
}
