/** A copy of plain data, frozen through and through, so that whoever gave it cannot change it later. */
export function frozen<T>(data: T): T {
  if (typeof data !== 'object' || data === null) return data
  const copy: unknown = Array.isArray(data)
    ? data.map(frozen)
    : Object.fromEntries(Object.entries(data).map(([name, value]) => [name, frozen<unknown>(value)]))
  return Object.freeze(copy) as T
}
