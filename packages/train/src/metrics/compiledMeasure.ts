import {
  compileFold,
  evaluate,
  type AnyTensor,
  type Backend,
  type CompiledFold,
  type Context,
  type Key,
  type Objective,
  type TreeRecord,
} from '@pullback/core'
import { formOf } from '../trees/form.ts'
import type { Examples } from './examples.ts'
import { gaugeSums, type Gauges } from './gauges.ts'
import { examplesBetween } from './measure.ts'
import { means, type Measurements } from './measurements.ts'
import type { Inputs } from './metric.ts'
import { predictionIn } from './predictionIn.ts'

type Carried = { readonly params: TreeRecord; readonly state: TreeRecord }
type Given = { readonly batch: Inputs; readonly random: { readonly key?: Key } }
type Sums = { readonly loss: AnyTensor; readonly sums: Inputs }
type Fold = CompiledFold<Carried, Given, Sums>

const foldOf = (objective: Objective, gauges: Gauges, backend: Backend, carried: Carried): Fold =>
  compileFold(
    ({ params, state }: Carried, { batch, random }: Given) => {
      const { output, cache } = objective.forward(params, batch, { ...random, state, mode: 'predict' })
      const sums = gaugeSums(gauges, predictionIn(cache), batch)
      return { carried: { params, state }, results: { loss: output, sums } }
    },
    { carried, backend },
  )

/** Parameters and states of one form have one text. */
const textOf = (carried: Carried): string => JSON.stringify([...formOf(carried)])

/** Measures as `measure` does, by programs that are kept: what is measured again is not compiled again. */
export function compiledMeasure(objective: Objective, gauges: Gauges, backend: Backend) {
  const names = Object.keys(gauges)
  let fold: Fold | undefined
  let form = ''

  const loaded = (carried: Carried): Fold => {
    const text = textOf(carried)
    if (fold !== undefined && text === form) fold.load(carried)
    else fold = foldOf(objective, gauges, backend, carried)
    form = text
    return fold
  }

  return (params: TreeRecord, { inputs, count }: Examples, batch: number, context: Context): Measurements => {
    const { key, state = objective.initialState } = context
    const steps = loaded({ params, state })
    const random = key === undefined ? {} : { key: evaluate(key) }
    const totals = new Map(['loss', ...names].map((name) => [name, 0]))
    const add = (name: string, more: number) => totals.set(name, (totals.get(name) ?? 0) + more)
    for (let from = 0; from < count; from += batch) {
      const size = Math.min(batch, count - from)
      steps.step({ batch: examplesBetween(inputs, from, from + size), random })
      add('loss', steps.result('loss') * size)
      for (const name of names) add(name, steps.result(`sums.${name}`))
    }
    return means(Object.fromEntries(totals), count)
  }
}
