/** The number of letters to insert, delete, replace or swap with their neighbour to get from `a` to `b`. */
function distance(a: string, b: string): number {
  let before: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      const ways = [(last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1)]
      next.push(Math.min(...ways, ...(swapped ? [(before[j - 2] ?? 0) + 1] : [])))
    }
    before = last
    last = next
  }
  return last[b.length] ?? 0
}

const longest = 40

/** The one of `names` that `name` may be a typo of, if there is one. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > longest) return undefined
  const near = names
    .filter((other) => Math.abs(other.length - name.length) <= 2 && other.length <= longest)
    .map((other) => ({ other, edits: distance(name.toLowerCase(), other.toLowerCase()) }))
    .filter(({ other, edits }) => edits <= Math.min(2, Math.floor(Math.max(other.length, name.length) / 2)))
    .toSorted((a, b) => a.edits - b.edits)
  return near[0]?.other
}

/** `; did you mean 'affine'?`, or nothing. */
export function suggestion(name: string, names: readonly string[]): string {
  const found = nearest(name, names)
  return found === undefined ? '' : `; did you mean '${found}'?`
}
