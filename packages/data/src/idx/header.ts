import * as E from '#fp/Either'
import { pipe } from '#fp/function'
import * as t from '#io'
import { decodeHeader } from '../errors/decode.ts'
import type { Fault } from '../errors/dataError.ts'

/** What a file holds: `any` is an array of unsigned bytes of any rank. */
export type IdxKind = 'images' | 'labels' | 'any'

const ubyte = t.literal(8, 'element type 8 (unsigned bytes)')
const rank = new t.Type<number>(
  'from 1 to 6 dimensions',
  t.number.is,
  (value, context) =>
    typeof value === 'number' && value >= 1 && value <= 6 ? t.success(value) : t.failure(value, context),
  t.identity,
)

const magicOf = {
  images: t.strict({ magic: t.literal(2051, 'magic number 2051 (IDX images)') }),
  labels: t.strict({ magic: t.literal(2049, 'magic number 2049 (IDX labels)') }),
  any: t.strict({ zeros: t.literal(0, 'two zero bytes, as IDX begins'), elements: ubyte, rank }),
}

/** How many bytes the header has, by its first four; undefined while there are fewer. */
export const headerLength = (bytes: Uint8Array): number | undefined =>
  bytes.length < 4 ? undefined : 4 + 4 * (bytes[3] ?? 0)

const remedies = new Map<unknown, string>([
  [2049, 'these are labels: give images and labels in their order'],
  [2051, 'these are images: give images and labels in their order'],
])

/** Checks the first four bytes: the magic number, 256 times the element type plus the rank. */
export function checkMagic(bytes: Uint8Array, kind: IdxKind): Fault | undefined {
  const magic = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0)
  const fields = { magic, zeros: magic >>> 16, elements: (magic >>> 8) & 0xff, rank: magic & 0xff }
  const remedy = remedies.get(magic) ?? 'is this an IDX file?'
  const decoded = pipe(
    decodeHeader<unknown>(magicOf[kind], fields),
    E.mapLeft((fault) => ({ ...fault, remedy })),
  )
  return E.isLeft(decoded) ? decoded.left : undefined
}

/** The most elements that are read into one array. */
const largest = 2 ** 31 - 1

/** The sizes in a whole header, big-endian; the product is bounded, and nothing is allocated for it. */
export function sizesIn(header: Uint8Array): E.Either<Fault, readonly number[]> {
  const view = new DataView(header.buffer, header.byteOffset)
  const sizes = Array.from({ length: (header.length - 4) / 4 }, (_, axis) => view.getUint32(4 + 4 * axis))
  // An empty array has a row, too, whose elements are counted.
  const count = sizes.reduce((product, size) => product * Math.max(size, 1), 1)
  return count <= largest
    ? E.right(sizes)
    : E.left({
        kind: 'header',
        at: 'header, sizes',
        expected: `at most ${largest} elements`,
        found: sizes.join(' x '),
        remedy: 'the header is damaged',
      })
}
