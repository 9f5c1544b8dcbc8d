const longest = 40

/** What somebody wrote, as a sentence shows it: in quotes, control characters escaped, cut off where it is long. */
export const quote = (text: string): string =>
  JSON.stringify(text.length > longest ? `${text.slice(0, longest)}…` : text)
