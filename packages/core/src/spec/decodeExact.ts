import { isLeft, right, type Either } from '#fp/Either'
import type * as t from '#io'
import { fieldNames, type Codec } from './describeCodec.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { suggestion } from './nearest.ts'
import { report } from './report.ts'
import { refuse, type SpecError } from './specError.ts'

/** The keys that lead to the first field or entry of `given` that its codec did not keep, the last key first. */
function unknownField(given: unknown, kept: unknown): readonly (string | number)[] | undefined {
  if (given === kept || typeof given !== 'object' || given === null) return undefined
  if (typeof kept !== 'object' || kept === null) return undefined
  const values = kept as Readonly<Record<string, unknown>>
  for (const [key, value] of Object.entries(given)) {
    const name = Array.isArray(given) ? Number(key) : key
    if (!Object.hasOwn(values, key)) return [name]
    const found = unknownField(value, values[key])
    if (found !== undefined) return [...found, name]
  }
  return undefined
}

/** A codec as far as it is needed to read; a codec of more is one of less. */
interface Reader<A> extends Codec {
  readonly decode: (data: unknown) => t.Validation<A>
  encode(value: A): unknown
}

/** What a codec reads from data; a field that it does not keep is a failure, too. */
export function decodeExact<A>(codec: Reader<A>, path: JsonPath, data: unknown): Either<SpecError, A> {
  const decoded = codec.decode(data)
  if (isLeft(decoded)) return report(path, decoded.left)
  const extra = unknownField(data, codec.encode(decoded.right))
  if (extra === undefined) return right(decoded.right)
  const known = extra.length === 1 ? fieldNames(codec) : []
  const [key] = extra
  return refuse(
    at(path, ...extra.toReversed()),
    typeof key === 'string'
      ? `is not a field of this object${suggestion(key, known)}`
      : 'is one entry too many for this list',
  )
}
