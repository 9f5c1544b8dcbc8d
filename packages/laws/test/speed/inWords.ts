const median = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN

/** Times in milliseconds as a line. */
export const inWords = (what: string, times: readonly number[]): string =>
  `${what}: median ${median(times).toFixed(2)} ms, first ${(times[0] ?? Number.NaN).toFixed(2)} ms, of ${times.length}\n`
