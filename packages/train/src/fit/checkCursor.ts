import type { Gauges } from '../metrics/gauges.ts'
import type { Cursor } from './snapshot.ts'

const isCount = (value: unknown, least = 0): boolean => Number.isSafeInteger(value) && Number(value) >= least

const isTotals = (totals: unknown): boolean =>
  typeof totals === 'object' &&
  totals !== null &&
  Object.values(totals).every((total) => typeof total === 'number')

/** Whether the numbers of a cursor, which may come from a file, can be those of a run. */
const isSound = ({ seed, epoch, position, step, count, batch, totals }: Cursor): boolean =>
  Number.isSafeInteger(seed) &&
  [epoch, count, batch].every((value) => isCount(value, 1)) &&
  [position, step].every((value) => isCount(value)) &&
  position < count &&
  isTotals(totals)

/**
 * Throws the sentence for a cursor that a run cannot go on from: a damaged one, one of a run on other examples or in
 * other batches, or one within an epoch without what is to be measured.
 */
export function checkCursor(
  cursor: Cursor | undefined,
  run: Pick<Cursor, 'count' | 'batch'>,
  gauges: Gauges,
): void {
  if (cursor === undefined) throw new TypeError('fit: the cursor of the snapshot to resume from is missing')
  if (!isSound(Object(cursor) as Cursor))
    throw new RangeError(
      `fit: the cursor of the snapshot to resume from is damaged: ${JSON.stringify(cursor)}`,
    )
  const { position, count, batch, totals } = cursor
  if (count !== run.count || batch !== run.batch)
    throw new RangeError(
      `fit: the snapshot to resume from is of a run on ${count} examples in batches of ${batch}, not on ${run.count} in batches of ${run.batch}; give it those, or, at the end of an epoch, a cursor that says others`,
    )
  const missing =
    position === 0 ? undefined : Object.keys(gauges).find((name) => !Object.hasOwn(totals, name))
  if (missing !== undefined)
    throw new TypeError(
      `fit: the snapshot to resume from was taken within an epoch without measuring '${missing}'; resume from the end of an epoch, or without that metric`,
    )
}
