const longest = 40

/** A value found in a file, as it is shown in a sentence: quoted, control characters escaped, truncated. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text)

/** Names as they are shown in a sentence, the first few of many. */
export function quoteList(names: readonly string[]): string {
  const shown = names.slice(0, 8).map(quote).join(', ')
  return names.length > 8 ? `${shown} and ${names.length - 8} more` : shown
}

/** `1 byte`, `2 bytes`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`
