import { evaluate, type TreeRecord } from '@pullback/core'
import { frozen } from '../trees/frozen.ts'
import type { Cursor } from './snapshot.ts'
import type { Trained } from './trainingStep.ts'

/** A run of training between two steps. */
export interface Moment extends Trained {
  readonly cursor: Cursor
}

/** The tensors of a moment computed, and none of its records to be changed. */
export const computed = ({ params, optimizerState, state }: Trained): Trained =>
  frozen(evaluate<TreeRecord>({ params, optimizerState, state })) as unknown as Trained

/** A copy of a cursor that cannot be changed. */
export const frozenCursor = ({ seed, epoch, position, step, count, batch, totals }: Cursor): Cursor =>
  Object.freeze({ seed, epoch, position, step, count, batch, totals: Object.freeze({ ...totals }) })

/** The cursor at the end of an epoch as that of the beginning of the next. */
export const nextEpoch = (cursor: Cursor): Cursor =>
  frozenCursor({ ...cursor, epoch: cursor.epoch + 1, position: 0, totals: {} })
