import { isLeft, right } from '#fp/Either'
import type { Net } from '../layer/layer.ts'
import { assemble } from './assemble.ts'
import { isObjective } from './isObjective.ts'
import { jsonData } from './jsonData.ts'
import { at, type JsonPath } from './jsonPath.ts'
import type { Objective } from '../objective/objectiveTypes.ts'
import { composedKinds, maximumDepth, specVersion, type LayerSpec, type LeafSpec, type Spec } from './spec.ts'
import { refuse, type SpecError } from './specError.ts'
import { writeGraph, type LayerPart, type OpenedLayer } from './writeGraph.ts'

function writeLeaf(path: JsonPath, { kind, hyperparameters }: Net): OpenedLayer {
  if (composedKinds.includes(kind)) return refuse(path, `has the kind '${kind}' but was not composed by it`)
  if (Object.keys(hyperparameters).length === 0) return right({ parts: [], close: () => right({ kind }) })
  const data = jsonData(at(path, 'hyperparameters'), hyperparameters)
  if (isLeft(data)) return data
  const copy = data.right as NonNullable<LeafSpec['hyperparameters']>
  return right({ parts: [], close: () => right({ kind, hyperparameters: copy }) })
}

function writeObjective(path: JsonPath, { net, loss, penalties }: Objective): OpenedLayer {
  const paid = Object.entries(penalties)
  return right({
    parts: [
      { path: at(path, 'net'), layer: net },
      { path: at(path, 'loss'), layer: loss },
      ...paid.map(([name, layer]) => ({ path: at(path, 'penalties', name), layer })),
    ],
    close: ([netSpec, lossSpec, ...specs]) => {
      if (netSpec === undefined || lossSpec === undefined) return refuse(path, 'has no net or loss')
      const named = paid.flatMap(([name], index): readonly (readonly [string, LayerSpec])[] => {
        const spec = specs[index]
        return spec === undefined ? [] : [[name, spec]]
      })
      return right({ kind: 'objective', net: netSpec, loss: lossSpec, penalties: Object.fromEntries(named) })
    },
  })
}

function writeLayer({ path, layer }: LayerPart): OpenedLayer {
  if (isObjective(layer)) return writeObjective(path, layer)
  return layer.graph !== undefined && composedKinds.includes(layer.kind)
    ? writeGraph(path, layer.kind, layer.graph)
    : writeLeaf(path, layer)
}

/**
 * A net as data: plain JSON, the same for equal nets, from which `fromSpec` reads an equal net.
 *
 * It holds what the net is made of, not its parameters. JSON text has no -0: an initial value of -0 survives in the
 * data but not in what JSON.stringify makes of it.
 *
 * @param net any layer: one alone, a net of any form, nets in nets, an objective
 * @throws TypeError, with the path, if a hyperparameter is not JSON data (NaN, say), a size of an input is neither a
 *   size nor a name, or nets are nested in each other more than 500 deep
 * @example
 * toSpec(sequential(['N', 2], ['act', relu()]))
 * // => { version: 1, net: { kind: 'sequential', inputs: ['N', 2], nodes: [{ name: 'act', layer: { kind: 'relu' } }] } }
 */
export function toSpec(net: Net): Spec {
  const written = assemble<LayerPart, LayerSpec, SpecError>(
    { path: at(undefined, 'net'), layer: net },
    {
      open: writeLayer,
      identity: ({ layer }) => layer,
      deepest: maximumDepth,
      endless: ({ path }) => refuse(path, `is nested in more than ${maximumDepth} layers`),
    },
  )
  if (isLeft(written)) throw new TypeError(`toSpec: ${written.left.message}`)
  return { version: specVersion, net: written.right }
}
