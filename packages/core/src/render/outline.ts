import { isRight } from '#fp/Either'
import type { GraphNode, GraphStructure } from '../graph/structure.ts'
import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import type { Objective } from '../objective/objectiveTypes.ts'
import { isObjective } from '../spec/isObjective.ts'
import { isPattern, type Pattern, type Takes } from '../shape/pattern.ts'

/** What an item reads: the id of an input, leaf or parameter, by the name of the input it is for. */
export interface Read {
  /** The name of the layer's input; undefined if it has one only. */
  readonly input: string | undefined
  readonly source: string
}

/** A layer in its place in a net. */
export interface Leaf {
  readonly form: 'leaf'
  /** Unique among inputs and leaves: the path of the node, or a word that no node can be named. */
  readonly id: string
  /** The path of the node, as parameters are addressed by it. */
  readonly path: string
  readonly name: string
  readonly role: 'node' | 'loss' | 'penalty'
  readonly layer: Net
  /** The path under which its parameters are: its own, or that of the node whose layer it shares. */
  readonly owner: string
  /** The path of the earlier node whose layer and parameters this is, if they are not its own. */
  readonly shares: string | undefined
  readonly reads: readonly Read[]
  /** What it is given, in the sizes of this net, and what comes out. */
  readonly takes: Takes
  readonly gives: Pattern
}

/** A net in its place in a net. */
export interface Group {
  readonly form: 'group'
  readonly id: string
  readonly path: string
  readonly name: string
  readonly layer: Net
  readonly owner: string
  readonly shares: string | undefined
  readonly gives: Pattern
  readonly items: readonly Item[]
}

export type Item = Leaf | Group

/** A net or objective unfolded: what it takes, its layers in their places, and the leaf whose output it gives. */
export interface Outline {
  readonly net: Net
  readonly inputs: readonly (readonly [id: string, pattern: Pattern])[]
  readonly items: readonly Item[]
  /** The leaf of the prediction. */
  readonly output: string
  /** The loss, and the penalties by the paths of their parameters, of an objective. */
  readonly loss: Leaf | undefined
  readonly penalties: readonly (readonly [parameter: string, Leaf])[]
}

const join = (path: string, name: string): string => (path === '' ? name : `${path}.${name}`)

/** The id of a parameter as penalties read it: no node or input can have it. */
export const parameterId = (path: string): string => `$parameter ${path}`

/** What is known of a name while a net is unfolded: the leaf or input it stands for, and its shape. */
interface Known {
  readonly id: string
  readonly pattern: Pattern
}

/** What a layer gives in the sizes of the net; what its rule says of itself where that cannot be worked out. */
function given(layer: Net, takes: Takes): Pattern {
  const applied = layer.rule.apply(takes)
  return isRight(applied) ? applied.right : layer.rule.gives
}

const readsOf = ({ from }: GraphNode, known: ReadonlyMap<string, Known>): readonly (Read & Known)[] =>
  (typeof from === 'string' ? [[undefined, from] as const] : Object.entries(from)).map(([input, source]) => {
    const { id, pattern } = known.get(source) ?? { id: source, pattern: [] }
    return { input, source: id, id, pattern }
  })

const takesOf = (reads: readonly (Read & Known)[]): Takes =>
  reads[0]?.input === undefined
    ? (reads[0]?.pattern ?? [])
    : Object.fromEntries(reads.map(({ input = '', pattern }) => [input, pattern]))

/** The items of a net whose inputs are known, and the leaf that its output comes from. */
function unfold(
  { nodes }: GraphStructure,
  inputs: ReadonlyMap<string, Known>,
  path: string,
  owner: string,
): { readonly items: readonly Item[]; readonly output: Known } {
  const known = new Map(inputs)
  const items: Item[] = []
  let output: Known = { id: '', pattern: [] }
  for (const node of nodes) {
    const reads = readsOf(node, known)
    const { name, layer } = node
    const place = {
      name,
      layer,
      id: join(path, name),
      path: join(path, name),
      owner: join(owner, node.shares ?? name),
      shares: node.shares === undefined ? undefined : join(path, node.shares),
    }
    if (layer.graph === undefined) {
      const takes = takesOf(reads)
      const gives = given(layer, takes)
      const plain = reads.map(({ input, source }) => ({ input, source }))
      items.push({ ...place, form: 'leaf', role: 'node', reads: plain, takes, gives })
      output = { id: place.id, pattern: gives }
    } else {
      const inner = new Map(reads.map(({ input = 'input', id, pattern }) => [input, { id, pattern }]))
      const unfolded = unfold(layer.graph, inner, place.path, place.owner)
      items.push({ ...place, form: 'group', gives: unfolded.output.pattern, items: unfolded.items })
      output = unfolded.output
    }
    known.set(name, output)
  }
  return { items, output }
}

const named = (takes: Takes): readonly (readonly [string, Pattern])[] =>
  isPattern(takes) ? [['input', takes]] : Object.entries(takes)

/** The item of a layer that stands alone: its parameters are at the root. */
function alone(layer: Net, inputs: readonly (readonly [string, Pattern])[], name: string): Leaf {
  const { takes } = layer.rule
  const reads = inputs.map(([id]) => ({ input: isPattern(takes) ? undefined : id, source: id }))
  const place = { name, layer, id: '$layer', path: name, owner: '', shares: undefined }
  return { ...place, form: 'leaf', role: 'node', reads, takes, gives: given(layer, takes) }
}

function unfoldNet(net: Net): Outline {
  const inputs = named(net.rule.takes)
  const nothing = { net, inputs, loss: undefined, penalties: [] }
  if (net.graph === undefined) {
    const leaf = alone(net, inputs, net.kind)
    return { ...nothing, items: [leaf], output: leaf.id }
  }
  const known = new Map(inputs.map(([id, pattern]) => [id, { id, pattern }]))
  const { items, output } = unfold(net.graph, known, '', '')
  return { ...nothing, items, output: output.id }
}

function outlineObjective(objective: Objective): Outline {
  const { net, loss, prediction } = objective
  const inner = unfoldNet(net)
  const inputs = named(objective.rule.takes)
  const shapes = new Map(declaredParameters(net.parameters).map(([path, { shape }]) => [path, shape]))
  const others = inputs.filter(([name]) => !inner.inputs.some(([own]) => own === name))
  const takes: Takes = { [prediction]: net.rule.gives, ...Object.fromEntries(others) }
  return {
    ...inner,
    net: objective,
    inputs,
    loss: {
      form: 'leaf',
      id: '$loss',
      path: 'loss',
      name: 'loss',
      role: 'loss',
      layer: loss,
      owner: '',
      shares: undefined,
      reads: [
        { input: prediction, source: inner.output },
        ...others.map(([input]) => ({ input, source: input })),
      ],
      takes,
      gives: given(loss, takes),
    },
    penalties: Object.entries(objective.penalties).map(([parameter, layer]) => {
      const shape = shapes.get(parameter) ?? []
      const leaf: Leaf = {
        form: 'leaf',
        id: `$penalty ${parameter}`,
        path: parameter,
        name: layer.kind,
        role: 'penalty',
        layer,
        owner: '',
        shares: undefined,
        reads: [{ input: undefined, source: parameterId(parameter) }],
        takes: shape,
        gives: given(layer, shape),
      }
      return [parameter, leaf] as const
    }),
  }
}

/** Unfolds a layer, net or objective into its layers, the shapes written in the sizes of the whole. */
export const outline = (net: Net): Outline => (isObjective(net) ? outlineObjective(net) : unfoldNet(net))

/** All layers of items, those of nested nets in their place. */
export const leavesOf = (items: readonly Item[]): readonly Leaf[] =>
  items.flatMap((item) => (item.form === 'leaf' ? [item] : leavesOf(item.items)))
