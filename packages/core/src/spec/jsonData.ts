import { isLeft, right, type Either } from '#fp/Either'
import type { Json } from '../layer/layer.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { attempt, guarded, refuse, refuseValue, type SpecError } from './specError.ts'

/** How many entries a list may have. */
const mostEntries = 1_000_000

/** How many fields an object may have, and how many values data that are not nets, such as hyperparameters, may hold. */
const most = 100_000

/** How deep data that are not nets may be nested. */
const deepest = 64

/** The own fields of an object, copied so that no getter or proxy is met again. */
export const fieldsOf = (
  path: JsonPath,
  value: unknown,
): Either<SpecError, Readonly<Record<string, unknown>>> =>
  guarded(path, () => {
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return refuseValue(path, 'an object', value)
    const keys = Object.keys(value)
    if (keys.length > most) return refuse(path, `has ${keys.length} fields, more than ${most}`)
    const fields = value as Readonly<Record<string, unknown>>
    return right(Object.fromEntries(keys.map((key) => [key, fields[key]])))
  })

/** The entries of a list, copied; a hole in it is an entry `undefined`. */
export const entriesOf = (path: JsonPath, value: unknown): Either<SpecError, readonly unknown[]> =>
  guarded(path, () => {
    if (!Array.isArray(value)) return refuseValue(path, 'a list', value)
    const { length } = value
    if (length > mostEntries) return refuse(path, `has ${length} entries, more than ${mostEntries}`)
    return right(Array.from({ length }, (_, index): unknown => value[index]))
  })

/** Counts the values of one piece of data, so that shared parts of it cannot unfold without end. */
interface Budget {
  left: number
}

function copyOf(path: JsonPath, value: unknown, depth: number, budget: Budget): Either<SpecError, Json> {
  budget.left -= 1
  if (budget.left < 0) return refuse(path, `is too large: there are more than ${most} values`)
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return right(value)
  if (typeof value === 'number')
    return Number.isFinite(value) ? right(value) : refuseValue(path, 'a finite number', value)
  if (typeof value !== 'object') return refuseValue(path, 'JSON data', value)
  if (depth === deepest) return refuse(path, `is nested deeper than ${deepest} levels`)
  const isList = attempt(path, () => Array.isArray(value))
  if (isLeft(isList)) return isList
  const parts = isList.right ? entriesOf(path, value) : fieldsOf(path, value)
  if (isLeft(parts)) return parts
  const copies: (readonly [string, Json])[] = []
  for (const [key, part] of Object.entries(parts.right)) {
    const copy = copyOf(at(path, isList.right ? Number(key) : key), part, depth + 1, budget)
    if (isLeft(copy)) return copy
    copies.push([key, copy.right])
  }
  return right(isList.right ? copies.map(([, copy]) => copy) : Object.fromEntries(copies))
}

/** Any value as JSON data of its own, or the failure that says what in it JSON cannot hold. */
export const jsonData = (path: JsonPath, value: unknown): Either<SpecError, Json> =>
  copyOf(path, value, 0, { left: most })
