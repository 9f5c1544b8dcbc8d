import { evaluate, isFloat, seed as keyOf, type Objective, type TreeRecord } from '@pullback/core'
import type { Examples } from '../metrics/examples.ts'
import type { Gauges } from '../metrics/gauges.ts'
import { declaredForm, differenceFrom, formOf, shapesOf } from './form.ts'
import { frozen } from './frozen.ts'
import type { FitOptions } from './options.ts'
import type { Cursor, Snapshot } from './snapshot.ts'
import type { Trained } from './trainingStep.ts'

/** A run of training between two steps. */
export interface Moment extends Trained {
  readonly cursor: Cursor
}

/** The tensors of a moment computed, and none of its records to be changed. */
export const computed = ({ params, optimizerState, state }: Trained): Trained =>
  frozen(evaluate<TreeRecord>({ params, optimizerState, state })) as unknown as Trained

function checkParams(what: string, objective: Objective, params: TreeRecord): void {
  const difference = differenceFrom(declaredForm(objective.parameters), params, shapesOf)
  if (difference !== undefined) throw new TypeError(`fit: ${what} another net: it has ${difference}`)
}

function checkCursor({ seed, epoch, position, step, totals }: Cursor, count: number, gauges: Gauges): void {
  const counts = { epoch: epoch - 1, position, step }
  const wrong = Object.entries(counts).find(([, value]) => !Number.isSafeInteger(value) || value < 0)
  if (wrong !== undefined || !Number.isSafeInteger(seed))
    throw new RangeError(
      `fit: the cursor of the snapshot to resume from is damaged: ${JSON.stringify({ seed, epoch, position, step })}`,
    )
  if (position >= count)
    throw new RangeError(
      `fit: the snapshot to resume from has used ${position} examples of epoch ${epoch}, but there are ${count} in all`,
    )
  const missing =
    position === 0 ? undefined : Object.keys(gauges).find((name) => !Object.hasOwn(totals, name))
  if (missing !== undefined)
    throw new TypeError(
      `fit: the snapshot to resume from was taken within an epoch without measuring '${missing}'; resume from the end of an epoch, or without that metric`,
    )
}

function resumed(
  objective: Objective,
  { optimizer, seed, params: given }: FitOptions<unknown, TreeRecord>,
  { params, optimizerState, state, cursor }: Snapshot,
): Moment {
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

/** A copy of a cursor that cannot be changed. */
export const frozenCursor = ({ seed, epoch, position, step, totals }: Cursor): Cursor =>
  Object.freeze({ seed, epoch, position, step, totals: Object.freeze({ ...totals }) })

/** The moment that a run begins at: that of the snapshot it resumes from, or the first. */
export function startOf(
  objective: Objective,
  options: FitOptions<unknown, TreeRecord>,
  { inputs, count }: Examples,
  gauges: Gauges,
): Moment {
  const { optimizer, seed = 0, resume } = options
  if (resume !== undefined) {
    checkCursor(resume.cursor, count, gauges)
    return resumed(objective, options, resume)
  }
  const dtype = Object.values(inputs).flatMap((x) => (isFloat(x.dtype) ? [x.dtype] : []))[0] ?? 'float32'
  if (options.params !== undefined) checkParams('params are of', objective, options.params)
  const params = options.params ?? objective.init(keyOf(seed), { dtype })
  const trained = { params, optimizerState: optimizer.init(params), state: objective.initialState }
  return {
    ...computed(trained),
    cursor: frozenCursor({ seed, epoch: 1, position: 0, step: 0, totals: {} }),
  }
}
