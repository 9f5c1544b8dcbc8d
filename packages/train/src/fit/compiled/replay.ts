import type { Moment } from '../moment.ts'
import { nextEpoch } from '../moment.ts'
import type { Trained } from '../trainingStep.ts'
import { isSound } from './isSound.ts'
import type { Stepping } from './stepping.ts'

/** The first step of some whose numbers are not all finite. */
export interface UnsoundStep {
  /** The moment before it, all of which is finite unless the run began so. */
  readonly before: Moment
  readonly positions: Int32Array
  readonly loss: number
  readonly after: Trained
}

/**
 * Takes the steps after a moment once more, looking at all of what each hands to the next, up to the first that hands on
 * anything, or has a loss, that is not finite; undefined if there is none up to step `until`.
 */
export function replay(
  steps: Stepping,
  from: Moment,
  until: number,
  orderOf: (epoch: number) => Int32Array,
): UnsoundStep | undefined {
  const { params, optimizerState, state } = from
  steps.load({ params, optimizerState, state })
  let before = from
  while (before.cursor.step < until) {
    const { count, batch } = before.cursor
    const cursor = before.cursor.position < count ? before.cursor : nextEpoch(before.cursor)
    const { epoch, position, step } = cursor
    const positions = orderOf(epoch).slice(position, position + batch)
    steps.take(positions, 0, positions.length, step)
    const loss = steps.result('loss')
    const after = steps.snapshot()
    if (!Number.isFinite(loss) || !isSound(after))
      return { before: { ...before, cursor }, positions, loss, after }
    before = { ...after, cursor: { ...cursor, position: position + positions.length, step: step + 1 } }
  }
  return undefined
}
