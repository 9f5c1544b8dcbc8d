import { isLeft, right, type Either } from '#fp/Either'
import type { GraphNode, GraphStructure } from '../graph/structure.ts'
import type { Net } from '../layer/layer.ts'
import { isPattern, type Pattern } from '../shape/pattern.ts'
import type { Opened } from './assemble.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { readTakes } from './patterns.ts'
import type { LayerSpec, NodeSpec } from './spec.ts'
import { refuse, type SpecError } from './specError.ts'

/** A layer on its way into a spec: where it will stand, and the layer. */
export interface LayerPart {
  readonly path: JsonPath
  readonly layer: Net
}

/** A layer whose own fields are ready to be written, but not yet the layers in it. */
export type OpenedLayer = Either<SpecError, Opened<LayerPart, LayerSpec, SpecError>>

/** The nodes that have a layer of their own, which is to stand at `path`. */
const ownLayers = (path: JsonPath, nodes: readonly GraphNode[]): readonly LayerPart[] =>
  nodes.flatMap(({ layer, shares }, index) =>
    shares === undefined ? [{ path: at(path, index, 'layer'), layer }] : [],
  )

/** The nodes with what has been written of their own layers. */
function nodeSpecs(nodes: readonly GraphNode[], layers: readonly LayerSpec[]): readonly NodeSpec[] {
  const own = layers.values()
  return nodes.map(({ name, shares }): NodeSpec => {
    if (shares !== undefined) return { name, shares }
    const layer = own.next().value
    if (layer === undefined) throw new Error(`node '${name}' has no layer`)
    return { name, layer }
  })
}

/** The node that each one reads if it does not say what it reads. */
const nodesBefore = ({ inputs, nodes }: GraphStructure): readonly (string | undefined)[] => [
  isPattern(inputs) ? 'input' : undefined,
  ...nodes.map(({ name }) => name),
]

function writeWired(path: JsonPath, structure: GraphStructure): OpenedLayer {
  const { inputs, nodes } = structure
  const before = nodesBefore(structure)
  return right({
    parts: ownLayers(at(path, 'nodes'), nodes),
    close: (layers) =>
      right({
        kind: 'graph',
        inputs,
        nodes: nodeSpecs(nodes, layers).map((node, index) => {
          const from = nodes[index]?.from
          return from === undefined || from === before[index] ? node : { ...node, from }
        }),
      }),
  })
}

function writeRow(path: JsonPath, structure: GraphStructure, inputs: Pattern): OpenedLayer {
  const { nodes } = structure
  const before = nodesBefore(structure)
  const stray = nodes.findIndex(({ from }, index) => from !== before[index])
  if (stray >= 0)
    return refuse(at(path, 'nodes', stray), 'does not read the node before it, as in sequential')
  return right({
    parts: ownLayers(at(path, 'nodes'), nodes),
    close: (layers) => right({ kind: 'sequential', inputs, nodes: nodeSpecs(nodes, layers) }),
  })
}

function writeResidual(path: JsonPath, { nodes }: GraphStructure): OpenedLayer {
  const [body] = nodes
  if (body?.name !== 'body' || nodes.length !== 2) return refuse(path, 'is not what residual composes')
  return right({
    parts: [{ path: at(path, 'body'), layer: body.layer }],
    close: ([written]) =>
      written === undefined ? refuse(path, 'has no body') : right({ kind: 'residual', body: written }),
  })
}

function writeParallel(path: JsonPath, structure: GraphStructure, inputs: Pattern): OpenedLayer {
  const branches = structure.nodes.slice(0, -1)
  if (branches.some(({ from, shares }) => from !== 'input' || shares !== undefined))
    return refuse(path, 'is not what parallel composes')
  return right({
    parts: ownLayers(at(path, 'branches'), branches),
    close: (layers) =>
      right({
        kind: 'parallel',
        inputs,
        branches: layers.map((layer, index) => ({ name: branches[index]?.name ?? '', layer })),
      }),
  })
}

/** Writes a net of nodes as the combinator of its kind was called, or says why it cannot be read back. */
export function writeGraph(path: JsonPath, kind: string, structure: GraphStructure): OpenedLayer {
  const checked = readTakes(at(path, 'inputs'), structure.inputs)
  if (isLeft(checked)) return checked
  const { right: inputs } = checked
  if (kind === 'graph') return writeWired(path, { ...structure, inputs })
  if (kind === 'residual') return writeResidual(path, structure)
  if (!isPattern(inputs)) return refuse(path, `${kind} has one input`)
  return kind === 'parallel' ? writeParallel(path, structure, inputs) : writeRow(path, structure, inputs)
}
