import * as E from '#fp/Either'
import type { Fault } from '../errors/dataError.ts'
import { counted } from '../errors/quote.ts'
import { collector, type Collector } from '../source/collector.ts'
import type { Decoder } from '../source/decodeSource.ts'
import { checkMagic, headerLength, sizesIn, type IdxKind } from './header.ts'

/** An array of unsigned bytes as IDX files hold it. */
export interface IdxArray {
  /** The size of every dimension, outermost first. */
  readonly sizes: readonly number[]
  /** The elements in row-major order. */
  readonly bytes: Uint8Array
}

const newBytes = (length: number): Uint8Array => new Uint8Array(length)

interface Payload {
  readonly sizes: readonly number[]
  readonly expected: number
  readonly bytes: Collector<Uint8Array>
}

const announced = ({ sizes, expected }: Payload): string =>
  `${counted(expected, 'byte')} after the header, which says ${sizes.join(' x ')}`

const trailing = (payload: Payload): Fault => ({
  kind: 'trailing',
  expected: announced(payload),
  found: 'more',
  remedy: 'header and content do not belong together',
})

/**
 * Reads IDX: two zero bytes, the element type, the rank, each size as 32 bits big-endian, and then the elements.
 * Source: Y. LeCun, C. Cortes, C. Burges, "The MNIST database of handwritten digits", section "File formats".
 */
export function idxDecoder(kind: IdxKind): Decoder<IdxArray> {
  let header = new Uint8Array()
  let payload: Payload | undefined
  const takeHeader = (chunk: Uint8Array): Fault | Uint8Array => {
    const joined = new Uint8Array(header.length + Math.min(chunk.length, 4 + 4 * 255))
    joined.set(header)
    joined.set(chunk.subarray(0, joined.length - header.length), header.length)
    const length = headerLength(joined)
    const wrong = length === undefined ? undefined : checkMagic(joined, kind)
    if (wrong !== undefined) return wrong
    const used = Math.min(length ?? 4, joined.length)
    const rest = chunk.subarray(used - header.length)
    header = joined.slice(0, used)
    if (header.length !== length) return rest
    const sizes = sizesIn(header)
    if (E.isLeft(sizes)) return sizes.left
    const expected = sizes.right.reduce((product, size) => product * size, 1)
    payload = { sizes: sizes.right, expected, bytes: collector(newBytes, expected) }
    return rest
  }
  return {
    take: (chunk) => {
      const rest = payload === undefined ? takeHeader(chunk) : chunk
      if (!(rest instanceof Uint8Array)) return rest
      if (payload === undefined) return undefined
      if (payload.bytes.length() + rest.length > payload.expected) return trailing(payload)
      payload.bytes.append(rest)
      return undefined
    },
    end: () => {
      const remedy = 'the file is cut off; get it again'
      if (payload === undefined) {
        const expected = `a header of ${counted(headerLength(header) ?? 4, 'byte')} or more`
        return E.left({ kind: 'truncated', expected, found: counted(header.length, 'byte'), remedy })
      }
      const found = payload.bytes.length()
      return found === payload.expected
        ? E.right({ sizes: payload.sizes, bytes: payload.bytes.finish() })
        : E.left({ kind: 'truncated', expected: announced(payload), found: counted(found, 'byte'), remedy })
    },
  }
}
