import { isName, notAName } from '../shape/names.ts'

/** Throws unless every one of the sizes, given by name, is a positive integer. */
export function checkPositive(title: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes))
    if (!Number.isSafeInteger(size) || size < 1)
      throw new RangeError(`${title}: ${name} must be a positive integer, not ${size}`)
}

/** Throws unless these are two or more different names. */
export function distinctNames(title: string, names: readonly string[]): void {
  const wrong = names.find((name) => !isName(name))
  if (wrong !== undefined) throw new RangeError(`${title}: ${notAName(wrong)}`)
  if (names.length < 2 || new Set(names).size !== names.length)
    throw new RangeError(
      `${title}: takes two or more inputs of different names, not ${names.join(', ') || 'none'}`,
    )
}
