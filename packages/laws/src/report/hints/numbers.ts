import type { Violation } from '../../law/law.ts'
import type { Hint } from './evidence.ts'

/** The layer gives NaN or Infinity. */
export const notFinite = ({ analytic, law }: Violation): string | undefined => {
  if (analytic === undefined || Number.isFinite(analytic)) return undefined
  if (law === 'emptiness')
    return 'a mean over no rows is 0/0: divide by the number of rows, but at least by 1'
  return Number.isNaN(analytic)
    ? 'NaN comes from 0/0, Infinity - Infinity or 0 Infinity: guard the division, shift before exp'
    : 'Infinity comes from exp of a large number, log of 0 or division by 0: shift by the maximum, or clip'
}

/** One entry among many is wrong. */
export const fewEntries: Hint = ({ points }) => {
  const [point] = points
  if (point === undefined || points.length < 2) return undefined
  const { analytic, expected } = point.gradient
  const scale = Math.max(...expected.map(Math.abs), ...analytic.map(Math.abs))
  const wrong = expected.filter((value, entry) => Math.abs(value - (analytic[entry] ?? 0)) > 1e-10 * scale)
  return expected.length > 2 && wrong.length === 1
    ? `wrong in one entry, right in the other ${expected.length - 1}`
    : undefined
}
