import { isFloat, seed as keyOf, type Objective, type TreeRecord } from '@pullback/core'
import type { Examples } from '../metrics/examples.ts'
import type { Gauges } from '../metrics/gauges.ts'
import { treeFlaw } from '../trees/treeFlaw.ts'
import { checkParams } from './checkParams.ts'
import { computed, frozenCursor, type Moment } from './moment.ts'
import type { FitOptions } from './options.ts'
import { resumed } from './resume.ts'

/** The moment that a run begins at: that of the snapshot it resumes from, or the first. */
export function startOf(
  objective: Objective,
  options: FitOptions<unknown, TreeRecord>,
  { inputs, count }: Examples,
  gauges: Gauges,
): Moment {
  const { optimizer, batch, seed = 0, resume, params: given } = options
  if (resume !== undefined) return resumed(objective, options, resume, count, gauges)
  const flaw = given === undefined ? undefined : treeFlaw('params', given)
  if (flaw !== undefined) throw new TypeError(`fit: ${flaw}`)
  if (given !== undefined) checkParams('params are of', objective, given)
  const dtype = Object.values(inputs).flatMap((x) => (isFloat(x.dtype) ? [x.dtype] : []))[0] ?? 'float32'
  const params = given ?? objective.init(keyOf(seed), { dtype })
  const trained = { params, optimizerState: optimizer.init(params), state: objective.initialState }
  return {
    ...computed(trained),
    cursor: frozenCursor({ seed, epoch: 1, position: 0, step: 0, count, batch, totals: {} }),
  }
}
