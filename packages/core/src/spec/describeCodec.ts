import { shorten } from './excerpt.ts'

/** What is known of a codec of io-ts at run time. */
export interface Codec {
  readonly _tag?: unknown
  readonly name: string
  readonly type?: unknown
  readonly types?: readonly Codec[]
  readonly props?: Readonly<Record<string, Codec>>
  readonly tag?: unknown
  readonly value?: unknown
  readonly keys?: object
}

const phrases = new Map<unknown, string>([
  ['NumberType', 'a number'],
  ['StringType', 'a string'],
  ['BooleanType', 'true or false'],
  ['NullType', 'null'],
  ['UndefinedType', 'absent'],
  ['NeverType', 'absent'],
  ['ArrayType', 'a list'],
  ['ReadonlyArrayType', 'a list'],
  ['TupleType', 'a list'],
  ['InterfaceType', 'an object'],
  ['PartialType', 'an object'],
  ['StrictType', 'an object'],
  ['IntersectionType', 'an object'],
  ['DictionaryType', 'an object'],
  ['AnyDictionaryType', 'an object'],
])

const wrappers = new Set<unknown>(['ExactType', 'ReadonlyType', 'RecursiveType'])

/** The codec within those that only restrict how it is used. */
export function unwrapped(codec: Codec): Codec {
  let inner = codec
  for (let depth = 0; depth < 16 && wrappers.has(inner._tag) && inner.type !== undefined; depth++)
    inner = inner.type as Codec
  return inner
}

/** The names of the fields that a codec of objects knows. */
export function fieldNames(codec: Codec): readonly string[] {
  const { _tag, props, types = [] } = unwrapped(codec)
  if (props !== undefined) return Object.keys(props)
  return _tag === 'IntersectionType' ? types.flatMap(fieldNames) : []
}

/** The field that tells the members of a union of objects apart, if there is one, and its values. */
export function tagOf(
  codec: Codec,
): { readonly tag: string; readonly values: readonly string[] } | undefined {
  const { _tag, types = [], tag } = unwrapped(codec)
  if (_tag !== 'UnionType' || typeof tag !== 'string') return undefined
  const literals = types.map((member) => unwrapped(member).props?.[tag]?.value)
  return { tag, values: literals.filter((value): value is string => typeof value === 'string') }
}

/** `a`, `a or b`, `a, b or c`. */
export const alternatives = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)]

function describe(codec: Codec, depth: number): string {
  const { _tag, name, types, value, keys } = unwrapped(codec)
  if (_tag === 'LiteralType') return JSON.stringify(value)
  if (_tag === 'KeyofType' && keys !== undefined)
    return alternatives(Object.keys(keys).map((key) => JSON.stringify(key)))
  if (_tag === 'UnionType' && types !== undefined && depth > 0)
    return alternatives(distinct(types.map((member) => describe(member, depth - 1))))
  return phrases.get(_tag) ?? name
}

/** What a codec wants, as a sentence says it after "should be": `a number`, `"relu" or "tanh"`, or the codec's name. */
export const describeCodec = (codec: Codec): string => shorten(describe(codec, 2), 120)
