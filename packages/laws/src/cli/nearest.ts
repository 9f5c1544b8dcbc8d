/** How many characters must be inserted, deleted, replaced or swapped with their neighbour (optimal string alignment). */
export function distance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          (rows[i - 1]?.[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (rows[i - 1]?.[j - 1] ?? 0) + cost,
          swap ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Infinity,
        ),
      )
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** The name that was probably meant, if one is close enough. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, off: distance(given, name) }))
    .toSorted((left, right) => left.off - right.off)
  return best !== undefined && best.off <= Math.max(1, Math.floor(best.name.length / 3))
    ? best.name
    : undefined
}

/** A sentence about an unknown name, with the one that was probably meant or all that there are. */
export function unknownName(what: string, given: string, names: readonly string[]): string {
  const meant = nearest(given, names)
  return `there is no ${what} ${given}; ${meant === undefined ? `the choices are ${names.join(', ')}` : `did you mean ${meant}?`}`
}
