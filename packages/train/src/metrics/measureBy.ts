import type { Backend, Context, Objective, TreeRecord } from '@pullback/core'
import { isReference } from '../backend/isReference.ts'
import { compiledMeasure } from './compiledMeasure.ts'
import type { Examples } from './examples.ts'
import type { Gauges } from './gauges.ts'
import { measure } from './measure.ts'
import type { Measurements } from './measurements.ts'

/** Means over all examples, batch by batch in their order, in `predict` mode. */
export type Measure = (
  params: TreeRecord,
  examples: Examples,
  batch: number,
  context: Context,
) => Measurements

/** What a backend has compiled last for an objective; most programs measure again what they have measured. */
interface Known {
  readonly gauges: Gauges
  readonly backend: Backend
  readonly measure: Measure
}

const known = new WeakMap<Objective, Known>()

const sameGauges = (a: Gauges, b: Gauges): boolean => {
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

/** How a backend measures an objective. */
export function measureBy(objective: Objective, gauges: Gauges, backend: Backend): Measure {
  if (isReference(backend))
    return (params, examples, batch, context) => measure(objective, gauges, params, examples, batch, context)
  const before = known.get(objective)
  if (before !== undefined && before.backend === backend && sameGauges(before.gauges, gauges))
    return before.measure
  const now = compiledMeasure(objective, gauges, backend)
  known.set(objective, { gauges, backend, measure: now })
  return now
}
