const longest = 60

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`

/** A text on one line, its end left out if it is longer than `limit`. */
export function shorten(text: string, limit: number): string {
  const cut = text.length > limit ? `${text.slice(0, limit)}...` : text
  return cut.replaceAll(/\s*\n\s*/g, ' ').replaceAll(unprintable, escaped)
}

const quote = (text: string): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, longest)}...` : text).replaceAll(
    unprintable,
    escaped,
  )

function showList(parts: readonly string[], count: number, [open, close]: readonly [string, string]): string {
  const shown = count > parts.length ? [...parts, '...'] : parts
  return `${open}${shown.join(', ')}${close}`
}

const few = 3

function show(value: unknown, depth: number): string {
  if (typeof value === 'string') return quote(value)
  if (typeof value === 'bigint') return 'a bigint'
  if (typeof value === 'function') return 'a function'
  if (typeof value === 'symbol') return 'a symbol'
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  if (Array.isArray(value)) {
    if (depth === 0) return value.length === 0 ? '[]' : '[...]'
    const first: readonly unknown[] = Array.from({ length: Math.min(value.length, few) }, (_, i) => value[i])
    return showList(
      first.map((entry) => show(entry, depth - 1)),
      value.length,
      ['[', ']'],
    )
  }
  const keys = Object.keys(value)
  if (keys.length === 0) return '{}'
  if (depth === 0) return '{ ... }'
  const fields = keys
    .slice(0, few)
    .map((key) => `${quote(key)}: ${show((value as Readonly<Record<string, unknown>>)[key], depth - 1)}`)
  return showList(fields, keys.length, ['{ ', ' }'])
}

/** Any value as it is shown in a sentence: on one line and truncated, however large, deep or hostile it is. */
export function excerpt(value: unknown): string {
  try {
    const shown = show(value, 2)
    return shown.length > 2 * longest + 20 ? show(value, 0) : shown
  } catch {
    return 'a value that cannot be read'
  }
}
