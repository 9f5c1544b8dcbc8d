import { withRows } from '../vary.ts'
import type { Hint, Point } from './evidence.ts'

type Fault = 'extra' | 'lost'

/** How each entry is wrong, if every wrong one is 0 in one gradient only. */
function faults({ gradient: { analytic, expected } }: Point): readonly Fault[] | undefined {
  const scale = Math.max(...expected.map(Math.abs), ...analytic.map(Math.abs))
  const found: Fault[] = []
  for (const [entry, right] of expected.entries()) {
    const given = analytic[entry] ?? 0
    if (Math.abs(given - right) <= 1e-10 * scale) continue
    if (right !== 0 && given !== 0) return undefined
    found.push(right === 0 ? 'extra' : 'lost')
  }
  return found
}

/** Entries are 0 that should not be, or the other way round, and all others are right. */
export const wrongMask: Hint = ({ points, at }) => {
  // Summed over a batch, a masked entry is no longer 0.
  const single = points.flatMap(({ sample }) => {
    const one = withRows(sample, [0])
    return (one && at(one)) ?? []
  })
  for (const candidates of [points, single]) {
    const found = candidates.map(faults)
    const all = found.flatMap((each) => each ?? [])
    if (found.includes(undefined) || all.length === 0) continue
    const right = candidates.some(
      ({ gradient }, index) => (found[index]?.length ?? 0) < gradient.expected.length,
    )
    if (!right && all.includes('extra') && all.includes('lost'))
      return '0 where it should not be and the other way round: the mask is reversed'
    if (!right) continue
    if (!all.includes('lost')) return 'not 0 where it should be, right elsewhere: a mask is left out'
    if (!all.includes('extra')) return '0 where it should not be, right elsewhere: masked too much'
    return '0 where it should not be and the other way round: the mask is that of another tensor'
  }
  return undefined
}
