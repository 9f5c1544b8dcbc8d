/** How many letters must be inserted, deleted or replaced to make one word of another. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (const [i, letter] of Array.from(a).entries()) {
    const above = row
    row = [i + 1]
    for (const [j, other] of Array.from(b).entries())
      row.push(
        Math.min((above[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, (above[j] ?? 0) + Number(letter !== other)),
      )
  }
  return row.at(-1) ?? a.length
}

const longest = 40

/** The word that was probably meant, if one of them is near enough. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  if (word.length > longest) return undefined
  const ranked = words
    .map((candidate) => ({ candidate, steps: distance(word, candidate) }))
    .toSorted((a, b) => a.steps - b.steps)
  const [best] = ranked
  const begins = word.length > 1 ? words.find((candidate) => candidate.startsWith(word)) : undefined
  return best !== undefined && best.steps <= Math.max(1, Math.floor(word.length / 3))
    ? best.candidate
    : begins
}
