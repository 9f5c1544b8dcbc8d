import { shorten } from './excerpt.ts'

/** A place in JSON data: a key and the place that it is in; `undefined` is the whole. A longer path shares its start. */
export type JsonPath = { readonly within: JsonPath; readonly key: string | number } | undefined

/** The place of `keys`, one in the other, in `within`. */
export const at = (within: JsonPath, ...keys: readonly (string | number)[]): JsonPath =>
  keys.reduce<JsonPath>((path, key) => ({ within: path, key }), within)

const showKey = (key: string | number): string =>
  typeof key === 'number'
    ? `[${key}]`
    : /^[A-Za-z_$][\w$-]{0,39}$/.test(key)
      ? `.${key}`
      : `[${JSON.stringify(shorten(key, 40))}]`

const most = 8

/** A path as it is written in sentences: `net.nodes[2].layer`; the middle of a very long one is left out. */
export function showPath(path: JsonPath): string {
  const keys: string[] = []
  for (let here = path; here !== undefined; here = here.within) keys.push(showKey(here.key))
  const ordered = keys.toReversed()
  const shown =
    ordered.length <= 2 * most ? ordered : [...ordered.slice(0, most), ' ... ', ...ordered.slice(-most)]
  return shown.join('').replace(/^\./, '')
}
