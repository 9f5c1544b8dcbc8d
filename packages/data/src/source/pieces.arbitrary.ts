import * as fc from 'fast-check'
import type { ByteSource } from './byteSource.ts'

/** How many bytes each next piece of a source has; the last number is used again and again. */
export const pieceSizes: fc.Arbitrary<readonly number[]> = fc.array(
  fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 5000 })),
  { minLength: 1, maxLength: 8 },
)

/** A source that gives its bytes in pieces of these sizes, all in one buffer that it overwrites, as some sources do. */
export const inPieces = (name: string, bytes: Uint8Array, sizes: readonly number[]): ByteSource => ({
  name,
  bytes: async function* () {
    const last = Math.max(1, sizes.at(-1) ?? 1)
    const buffer = new Uint8Array(Math.max(last, ...sizes))
    let position = 0
    for (let piece = 0; position < bytes.length; piece++) {
      const next = bytes.subarray(position, position + (sizes[piece] ?? last))
      buffer.set(next)
      yield buffer.subarray(0, next.length)
      position += next.length
    }
  },
})
