import { quote } from '../errors/quote.ts'
import { checkCount } from './checkCount.ts'

/** Labels are int32. */
const mostClasses = 2 ** 31 - 1

/** Throws unless `classes` is how many classes there can be. */
export const checkClasses = (what: string, classes: number): void =>
  checkCount(`${what}, classes`, classes, 1, mostClasses)

/** A copy of the names of classes that cannot be changed; throws if there is none or two are the same. */
export function distinctClassNames(what: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) throw new RangeError(`${what}: takes one name or more, not none`)
  const repeated = names.find((name, position) => names.indexOf(name) !== position)
  if (repeated !== undefined)
    throw new RangeError(`${what}: takes different names, not ${quote(repeated)} twice`)
  return Object.freeze([...names])
}

/** The same of as many names as there are classes. */
export function namesOfClasses(what: string, names: readonly string[], classes: number): readonly string[] {
  const copy = distinctClassNames(what, names)
  if (copy.length !== classes)
    throw new RangeError(`${what}: takes ${classes} names, one for every class, not ${copy.length}`)
  return copy
}
