import type { Objective, TreeRecord } from '@pullback/core'
import type { Gauges } from '../metrics/gauges.ts'
import { differenceFrom, formOf } from '../trees/form.ts'
import { treeFlaw } from '../trees/treeFlaw.ts'
import { checkCursor } from './checkCursor.ts'
import { checkParams } from './checkParams.ts'
import { computed, frozenCursor, type Moment } from './moment.ts'
import type { FitOptions } from './options.ts'
import type { Snapshot } from './snapshot.ts'

/** Throws the sentence for a snapshot that is none, as it may come from a file. */
function checkTrees(snapshot: Snapshot | null): void {
  if (typeof snapshot !== 'object' || snapshot === null)
    throw new TypeError(`fit: the snapshot to resume from is ${String(snapshot)}, not a snapshot`)
  for (const name of ['params', 'optimizerState', 'state'] as const) {
    const flaw = treeFlaw(name, snapshot[name], ' of the snapshot to resume from')
    if (flaw !== undefined) throw new TypeError(`fit: ${flaw}`)
  }
}

/** The moment that a snapshot was taken at; throws the sentence of what does not fit the run that is to go on from it. */
export function resumed(
  objective: Objective,
  { optimizer, seed, batch, params: given }: FitOptions<unknown, TreeRecord>,
  snapshot: Snapshot,
  count: number,
  gauges: Gauges,
): Moment {
  checkTrees(snapshot)
  const { params, optimizerState, state, cursor } = snapshot
  checkCursor(cursor, { count, batch }, gauges)
  if (given !== undefined)
    throw new TypeError(
      'fit: params are given, but the snapshot to resume from has its own; give one of them',
    )
  if (seed !== undefined && seed !== cursor.seed)
    throw new RangeError(
      `fit: the snapshot to resume from has seed ${cursor.seed}, not ${seed}; leave the seed out to go on with its own`,
    )
  checkParams('the snapshot to resume from is of', objective, params)
  const otherState = differenceFrom(formOf(objective.initialState), state)
  if (otherState !== undefined)
    throw new TypeError(
      `fit: the snapshot to resume from is of another net: the state of its layers has ${otherState}`,
    )
  const otherOptimizer = differenceFrom(formOf(optimizer.init(params)), optimizerState)
  if (otherOptimizer !== undefined)
    throw new TypeError(
      `fit: the snapshot to resume from is of another optimizer: its state has ${otherOptimizer}`,
    )
  return { ...computed({ params, optimizerState, state }), cursor: frozenCursor(cursor) }
}
