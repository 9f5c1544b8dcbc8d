import type { Net } from '@pullback/core'
import { layerLaws, type LayerLaw } from '@pullback/laws'
import * as fc from 'fast-check'
import type { RightLayer } from '../mutants/right/rightLayers.ts'

/** A law said of a right layer that it breaks it. */
export interface Alarm {
  readonly layer: string
  readonly law: LayerLaw['name']
  readonly seed: number
  readonly message: string
}

/** What a right layer showed in some samples. */
export interface Watched {
  readonly samples: number
  readonly alarms: readonly Alarm[]
  /** The share of comparisons that could not be decided, by law. */
  readonly undecided: ReadonlyMap<LayerLaw['name'], number>
}

/** Holds a right layer to every law at `samples` points of a seed. */
export function watch({ name, layers, rows }: RightLayer, seed: number, samples: number): Watched {
  const laws = layerLaws(fc.constantFrom<Net>(...layers), rows === undefined ? {} : { rows })
  const alarms = laws.flatMap(({ name: law, property }): Alarm[] => {
    const numRuns = law === 'resolution' ? 1 : samples
    const { failed, errorInstance } = fc.check(property, { seed, numRuns, endOnFailure: true })
    if (!failed) return []
    const message = errorInstance instanceof Error ? errorInstance.message : String(errorInstance)
    return [{ layer: name, law, seed, message }]
  })
  return { samples, alarms, undecided: new Map(laws.map(({ name: law, undecided }) => [law, undecided()])) }
}
