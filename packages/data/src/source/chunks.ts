import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import type { ByteSource } from './byteSource.ts'
import { readFault } from './readFault.ts'

/** Bytes in pieces; the first fault is the last thing that comes. */
export type Chunks = AsyncIterable<E.Either<Fault, Uint8Array>>

/** The bytes of a source, an exception of it turned into a fault. */
export async function* chunksOf(source: ByteSource): Chunks {
  try {
    for await (const chunk of source.bytes()) yield E.right(chunk)
  } catch (thrown) {
    yield E.left(readFault(thrown))
  }
}
