import type { Either } from '#fp/Either'
import type * as t from '#io'
import { alternatives, describeCodec, fieldNames, tagOf, unwrapped } from './describeCodec.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { nearest, suggestion } from './nearest.ts'
import { refuse, refuseValue, type SpecError } from './specError.ts'

/** Where in the data an error is: the keys that lead there, what the codec met there, and the object around it. */
interface Place {
  readonly keys: readonly (string | number)[]
  readonly here: t.ContextEntry
  readonly around?: t.ContextEntry
}

const hasMembers = (entry: t.ContextEntry): boolean => {
  const { _tag } = unwrapped(entry.type)
  return _tag === 'UnionType' || _tag === 'IntersectionType'
}

/** The place of an error: its context without the entries that count the members of a union or an intersection. */
function placeOf(context: t.Context): Place | undefined {
  const [root, ...inner] = context
  if (root === undefined) return undefined
  let place: Place = { keys: [], here: root }
  let before = root
  for (const here of inner) {
    const key = Array.isArray(before.actual) ? Number(here.key) : here.key
    place = hasMembers(before) ? { ...place, here } : { keys: [...place.keys, key], here, around: before }
    before = here
  }
  return place
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The sentence for a missing field, with the field that may be a misspelling of it. */
function missing(path: JsonPath, { here, around }: Place, wanted: string): Either<SpecError, never> {
  const known = around === undefined ? [] : fieldNames(around.type)
  const strange = isObject(around?.actual)
    ? Object.keys(around.actual).filter((key) => !known.includes(key))
    : []
  const typo = nearest(here.key, strange)
  return refuse(
    path,
    `is missing; it should be ${wanted}${typo === undefined ? '' : `; is '${typo}' meant to be it?`}`,
  )
}

/**
 * One sentence for what a codec found: where, what it should be, and what it is, truncated. Of several errors the
 * one deepest in the data is told, since of the members of a union that is the one that was meant.
 */
export function report(path: JsonPath, errors: t.Errors): Either<SpecError, never> {
  const places = errors.flatMap((error) => {
    const place = placeOf(error.context)
    return place === undefined ? [] : [{ ...place, message: error.message }]
  })
  const depth = places.reduce((deepest, { keys }) => Math.max(deepest, keys.length), 0)
  const meant = places.find(({ keys }) => keys.length === depth)
  if (meant === undefined) return refuse(path, 'cannot be read')
  const { keys, here, message } = meant
  const place = at(path, ...keys)
  if (message !== undefined) return refuse(place, message)
  const tagged = tagOf(here.type)
  if (tagged !== undefined && isObject(here.actual)) {
    const { tag, values } = tagged
    const value = here.actual[tag]
    const hint = typeof value === 'string' ? suggestion(value, values) : ''
    const names = alternatives(values.map((name) => JSON.stringify(name)))
    return refuseValue(at(place, tag), names, value, hint)
  }
  const same = places.filter(
    (other) => other.keys.length === depth && other.keys.every((key, i) => key === keys[i]),
  )
  const wanted = alternatives([...new Set(same.map((other) => describeCodec(other.here.type)))])
  return here.actual === undefined && isObject(meant.around?.actual)
    ? missing(place, meant, wanted)
    : refuseValue(place, wanted, here.actual)
}
