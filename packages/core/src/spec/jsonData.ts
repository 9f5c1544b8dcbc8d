import { chain, isLeft, right, type Either } from '#fp/Either'
import type { Json } from '../layer/layer.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { attempt, refuse, refuseValue, type SpecError } from './specError.ts'

/** How many entries a list may have. */
const longest = 1_000_000

/** How many values data that are not nets, such as the hyperparameters of one layer, may hold. */
const most = 100_000

/** How deep data that are not nets may be nested. */
const deepest = 64

/** The own fields of an object, copied so that no getter or proxy is met again. */
export const fieldsOf = (
  path: JsonPath,
  value: unknown,
): Either<SpecError, Readonly<Record<string, unknown>>> =>
  typeof value !== 'object' || value === null
    ? refuseValue(path, 'an object', value)
    : chain((copy: Readonly<Record<string, unknown>> | undefined) =>
        copy === undefined ? refuseValue(path, 'an object', value) : right(copy),
      )(attempt(path, () => (Array.isArray(value) ? undefined : Object.fromEntries(Object.entries(value)))))

/** The entries of a list, copied; a hole in it is an entry `undefined`. */
export const entriesOf = (path: JsonPath, value: unknown): Either<SpecError, readonly unknown[]> =>
  chain((copy: readonly unknown[] | number | undefined) => {
    if (copy === undefined) return refuseValue(path, 'a list', value)
    return typeof copy === 'number' ? refuse(path, `has ${copy} entries, more than ${longest}`) : right(copy)
  })(
    attempt(path, () => {
      if (!Array.isArray(value)) return undefined
      const { length } = value
      return length > longest ? length : Array.from({ length }, (_, index): unknown => value[index])
    }),
  )

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
