const leastSnapshots = 20

/**
 * After how many steps each to look at where training stands: a part of the steps of an epoch, so that its end is one
 * of the places, and small enough that nobody waits long for a word or an end.
 */
export function snapshotEvery(steps: number): number {
  let every = Math.max(1, Math.floor(steps / leastSnapshots))
  while (steps % every !== 0) every--
  return every
}
