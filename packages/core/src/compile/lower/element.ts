/** The element of a list at a position that is known to be there. */
export function element<T>(list: readonly T[], position: number): T {
  const found = list[position]
  if (found === undefined && !(position in list))
    throw new Error(`there is no element ${position} in a list of ${list.length}`)
  return found as T
}
