import type { Hint, Evidence, Point } from './evidence.ts'
import { close } from '../gradientsAt.ts'
import { rowsOf, withRows } from '../vary.ts'

/** The number that the true gradient is to be multiplied by to give what backward gives, if there is one. */
function ratioAt({ gradient: { analytic, expected } }: Point): number | undefined {
  let largest = 0
  for (const [position, value] of expected.entries())
    if (Math.abs(value) > Math.abs(expected[largest] ?? 0)) largest = position
  const ratio = (analytic[largest] ?? 0) / (expected[largest] ?? 0)
  return Number.isFinite(ratio) &&
    close(
      analytic,
      expected.map((value) => value * ratio),
    )
    ? ratio
    : undefined
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.abs(b)

const isNothing = ({ gradient: { analytic, expected } }: Point): boolean =>
  analytic.every((value) => value === 0) && expected.every((value) => value === 0)

/** The same at all points where there is any. */
function ratioOf({ points }: Evidence): number | undefined {
  const [first, ...rest] = points.filter((point) => !isNothing(point)).map(ratioAt)
  return first !== undefined && rest.every((ratio) => ratio !== undefined && near(ratio, first))
    ? first
    : undefined
}

/** The gradient is 0 wherever it should not be. */
export const leftOut: Hint = (evidence) =>
  ratioOf(evidence) === 0 ? 'zero everywhere: this gradient is left out' : undefined

/** The gradient is the negative of what it should be. */
export const signFlipped: Hint = (evidence) =>
  near(ratioOf(evidence) ?? 0, -1) ? 'minus what it should be: a sign is flipped' : undefined

/** The gradient is N times or 1/N of what it should be, whatever N is. */
export const batchSize: Hint = (evidence) => {
  const ratio = ratioOf(evidence)
  const [point] = evidence.points
  const rows = point && rowsOf(point.sample)
  if (ratio === undefined || point === undefined || rows === undefined || rows < 2) return undefined
  const powers = [1, -1].filter((power) => near(ratio, rows ** power))
  const more = withRows(
    point.sample,
    Array.from({ length: rows + 1 }, (_, row) => row),
  )
  const there = more && evidence.at(more)
  const confirmed =
    there === undefined ? rows > 2 : powers.some((power) => near(ratioAt(there) ?? 0, (rows + 1) ** power))
  if (!confirmed) return undefined
  return ratio > 1
    ? 'N times what it should be: a sum over the batch instead of its mean'
    : powers.length > 0
      ? '1/N of what it should be: averaged over the batch once too often'
      : undefined
}

/** The gradient is twice or half of what it should be. */
export const factorOfTwo: Hint = (evidence) => {
  const ratio = Math.abs(ratioOf(evidence) ?? 0)
  if (near(ratio, 2)) return 'twice what it should be: a factor of 2 too much'
  return near(ratio, 0.5) ? 'half of what it should be: a factor of 2 is missing' : undefined
}

/** The gradient is a constant multiple of what it should be. */
export const constantFactor: Hint = (evidence) => {
  const ratio = ratioOf(evidence)
  if (ratio === undefined || near(ratio, 1)) return undefined
  const shown = Number(ratio.toPrecision(10))
  const [point] = evidence.points
  const size = point?.gradient.shape.find(
    (count) => count > 1 && (near(ratio, count) || near(1 / ratio, count)),
  )
  const which = size === undefined ? '' : `; one of its sizes is ${size}`
  return `always ${shown} times what it should be: a constant factor is wrong${which}`
}
