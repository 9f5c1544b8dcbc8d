import type { Net } from '../layer/layer.ts'
import { declaredParameters } from '../layer/parameter.ts'
import { isPattern, showTakes, type Pattern } from '../shape/pattern.ts'
import { showShape } from '../tensor/shape.ts'
import { leavesOf, outline, parameterId, type Item, type Leaf, type Outline } from './outline.ts'

/** A box of a drawing. */
export interface DrawnNode {
  readonly form: 'node'
  readonly id: string
  readonly lines: readonly string[]
  readonly kind: 'input' | 'layer' | 'shared' | 'loss' | 'penalty' | 'parameter' | 'output'
}

/** A frame around the boxes of a nested net. */
export interface DrawnGroup {
  readonly form: 'group'
  readonly id: string
  readonly lines: readonly string[]
  readonly items: readonly Drawn[]
}

export type Drawn = DrawnNode | DrawnGroup

/** An arrow, dashed where a parameter and not the output of a layer is read. */
export interface DrawnEdge {
  readonly source: string
  readonly target: string
  readonly label: string
  readonly dashed: boolean
}

/** What the languages of drawings have in common. */
export interface Drawing {
  readonly items: readonly Drawn[]
  readonly edges: readonly DrawnEdge[]
}

/** A line without the characters that would end it. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')

const heading = (name: string, title: string): readonly string[] => (name === title ? [name] : [name, title])

const sharing = (shares: string | undefined): readonly string[] =>
  shares === undefined ? [] : [`shared with ${shares}`]

function draw(item: Item): Drawn {
  const { id, name, layer, shares } = item
  const title = oneLine(layer.rule.title)
  const head = item.form === 'leaf' && item.role === 'penalty' ? [title] : heading(name, title)
  const lines = [...head, ...sharing(shares)]
  if (item.form === 'group') return { form: 'group', id, lines, items: item.items.map(draw) }
  const kind = item.role === 'node' ? (shares === undefined ? 'layer' : 'shared') : item.role
  return { form: 'node', id, lines, kind }
}

const patternFor = ({ takes }: Leaf, input: string | undefined): Pattern =>
  isPattern(takes) ? takes : (takes[input ?? ''] ?? [])

const arrows = (leaf: Leaf): readonly DrawnEdge[] =>
  leaf.reads.map(({ input, source }) => {
    const shape = showTakes(patternFor(leaf, input))
    const label = input === undefined ? shape : `${input} ${shape}`
    return { source, target: leaf.id, label: oneLine(label), dashed: false }
  })

const ownerOf = (parameter: string): string => parameter.slice(0, Math.max(parameter.lastIndexOf('.'), 0))

/** The parameters that penalties read, each with an arrow to every layer that uses it. */
function penalised({ net, items, penalties }: Outline): Drawing {
  const shapes = new Map(declaredParameters(net.parameters).map(([path, { shape }]) => [path, shape]))
  const users = new Map<string, Leaf[]>()
  for (const leaf of leavesOf(items)) {
    const others = users.get(leaf.owner)
    if (others === undefined) users.set(leaf.owner, [leaf])
    else others.push(leaf)
  }
  return {
    items: penalties.map(([path]) => ({
      form: 'node',
      id: parameterId(path),
      lines: [path, showShape(shapes.get(path) ?? [])],
      kind: 'parameter',
    })),
    edges: penalties.flatMap(([path]) =>
      (users.get(ownerOf(path)) ?? []).map(({ id }) => ({
        source: parameterId(path),
        target: id,
        label: '',
        dashed: true,
      })),
    ),
  }
}

const outputId = '$output'

function ending({ loss, penalties, output, items }: Outline): Drawing {
  if (loss === undefined) {
    const gives = leavesOf(items).find(({ id }) => id === output)?.gives ?? []
    return {
      items: [{ form: 'node', id: outputId, lines: ['output'], kind: 'output' }],
      edges: [{ source: output, target: outputId, label: showTakes(gives), dashed: false }],
    }
  }
  const terms = [loss, ...penalties.map(([, leaf]) => leaf)]
  return {
    items: [
      ...terms.map(draw),
      { form: 'node', id: outputId, lines: ['objective', 'the sum'], kind: 'output' },
    ],
    edges: [
      ...terms.flatMap(arrows),
      ...terms.map(({ id, gives }) => ({
        source: id,
        target: outputId,
        label: showTakes(gives),
        dashed: false,
      })),
    ],
  }
}

/** The boxes and arrows of a net or objective, in the order in which it computes. */
export function drawing(net: Net): Drawing {
  const unfolded = outline(net)
  const inputs = unfolded.inputs.map(([id, pattern]): DrawnNode => {
    const shape = showTakes(pattern)
    return { form: 'node', id, lines: [oneLine(id), oneLine(shape)], kind: 'input' }
  })
  const parameters = penalised(unfolded)
  const end = ending(unfolded)
  return {
    items: [...inputs, ...parameters.items, ...unfolded.items.map(draw), ...end.items],
    edges: [...leavesOf(unfolded.items).flatMap(arrows), ...parameters.edges, ...end.edges],
  }
}
