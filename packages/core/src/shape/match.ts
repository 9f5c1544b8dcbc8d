import type { Dim, Shape } from '../tensor/shape.ts'
import { isIntegerPattern, isPattern, shapeOf, type Pattern, type Takes } from './pattern.ts'

/** What the names in a pattern stand for: sizes, or, for `'...'`, a run of them. */
export type Bindings = ReadonlyMap<string, Shape>

const bind = (bindings: Bindings, name: string, sizes: Shape): Bindings | undefined => {
  const bound = bindings.get(name)
  if (bound === undefined) return new Map([...bindings, [name, sizes]])
  return bound.length === sizes.length && bound.every((size, axis) => size === sizes[axis])
    ? bindings
    : undefined
}

const matchDim = (pattern: Dim, given: Dim, bindings: Bindings): Bindings | undefined =>
  typeof pattern === 'string' ? bind(bindings, pattern, [given]) : pattern === given ? bindings : undefined

/** Matches a shape against a pattern in which `'...'` stands at most once; undefined if it does not fit. */
function matchShape(pattern: Shape, given: Shape, bindings: Bindings): Bindings | undefined {
  const ellipsis = pattern.indexOf('...')
  const trailing = ellipsis === -1 ? 0 : pattern.length - ellipsis - 1
  const leading = ellipsis === -1 ? pattern.length : ellipsis
  if (ellipsis === -1 ? given.length !== leading : given.length < leading + trailing) return undefined
  let found: Bindings | undefined = bindings
  const end = given.length - trailing
  for (let axis = 0; axis < leading && found; axis++)
    found = matchDim(pattern[axis] ?? 0, given[axis] ?? 0, found)
  for (let axis = 0; axis < trailing && found; axis++)
    found = matchDim(pattern[ellipsis + 1 + axis] ?? 0, given[end + axis] ?? 0, found)
  return ellipsis === -1 ? found : found && bind(found, '...', given.slice(leading, end))
}

const matchPattern = (pattern: Pattern, given: Pattern, bindings: Bindings): Bindings | undefined =>
  isIntegerPattern(pattern) === isIntegerPattern(given)
    ? matchShape(shapeOf(pattern), shapeOf(given), bindings)
    : undefined

/** What the names of `takes` stand for when it is given `given`, names bound before included; undefined if it does not fit. */
export function match(takes: Takes, given: Takes, bindings: Bindings = new Map()): Bindings | undefined {
  if (isPattern(takes)) return isPattern(given) ? matchPattern(takes, given, bindings) : undefined
  if (isPattern(given) || Object.keys(given).length !== Object.keys(takes).length) return undefined
  let found: Bindings | undefined = bindings
  for (const name of Object.keys(takes).toSorted()) {
    const pattern = takes[name]
    const offered = Object.hasOwn(given, name) ? given[name] : undefined
    found = found && pattern && offered && matchPattern(pattern, offered, found)
  }
  return found
}

/** A pattern with every name replaced by what it stands for; a name that stands for nothing stays. */
export function substitute(pattern: Pattern, bindings: Bindings): Pattern {
  const shape = shapeOf(pattern).flatMap((size) =>
    typeof size === 'string' ? (bindings.get(size) ?? [size]) : [size],
  )
  return isIntegerPattern(pattern) ? { dtype: 'int32', shape } : shape
}
