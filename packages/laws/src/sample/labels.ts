import type { Random } from './random.ts'

/** As many labels below `classes` as asked for; now and then all of them first, last or the same. */
export function drawLabels(classes: number, count: number, random: Random): Int32Array {
  const range = Math.max(classes, 1)
  const kind = random.below(8)
  const same = kind === 0 ? 0 : kind === 1 ? range - 1 : random.below(range)
  return Int32Array.from({ length: count }, () => (kind < 3 ? same : random.below(range)))
}
