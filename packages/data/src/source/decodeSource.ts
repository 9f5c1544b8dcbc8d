import * as E from '#fp/Either'
import type { TaskEither } from '#fp/TaskEither'
import { dataError, type DataError, type Fault } from '../errors/dataError.ts'
import { chunksOf } from './chunks.ts'
import { sourceOf, type Input } from './fileSource.ts'
import { gunzipped } from './gunzip.ts'

/** Reads one format from bytes that come in pieces of any size. */
export interface Decoder<A> {
  /** Takes the next bytes, which it must copy if it keeps them; a fault ends the reading. */
  readonly take: (chunk: Uint8Array) => Fault | undefined
  /** What was read, called once after the last byte. */
  readonly end: () => E.Either<Fault, A>
}

/**
 * What a decoder makes of a source, decompressed if it is gzip.
 *
 * @param start a new decoder, called each time that the task runs
 */
export const decodeSource =
  <A>(input: Input, start: () => Decoder<A>): TaskEither<DataError, A> =>
  async () => {
    const source = sourceOf(input)
    const failed = (fault: Fault) => E.left(dataError(source.name, fault))
    const decoder = start()
    let count = 0
    for await (const chunk of gunzipped(chunksOf(source))) {
      const fault = E.isLeft(chunk) ? chunk.left : decoder.take(chunk.right)
      if (fault !== undefined) return failed(fault)
      if (E.isRight(chunk)) count += chunk.right.length
    }
    if (count === 0) return failed({ kind: 'empty', expected: 'data', found: 'an empty file' })
    const decoded = decoder.end()
    return E.isLeft(decoded) ? failed(decoded.left) : decoded
  }
