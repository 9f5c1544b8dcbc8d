import { chain, isLeft, map, right, traverseArrayWithIndex, type Either } from '#fp/Either'
import { pipe } from '#fp/function'
import * as t from '#io'
import type { Entry } from '../graph/nodeTypes.ts'
import { shared } from '../graph/shared.ts'
import type { Wiring } from '../graph/structure.ts'
import type { Net } from '../layer/layer.ts'
import { anything } from './anything.ts'
import { decodeExact } from './decodeExact.ts'
import { entriesOf, fieldsOf } from './jsonData.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { nameCodec, readWiring } from './patterns.ts'
import { refuse, type SpecError } from './specError.ts'
import type { SpecPart } from './specPart.ts'

/** A node whose layer, if it has its own, is not yet read. */
export interface OpenNode {
  readonly name: string
  readonly own: SpecPart | undefined
  readonly shares: string | undefined
  readonly from: Wiring | undefined
}

interface NodeFields {
  readonly name: string
  readonly layer?: unknown
  readonly shares?: string
  readonly from?: unknown
}

const named = t.type({ name: nameCodec })

const choice = t.partial({ layer: t.unknown, shares: t.string })

/** What a node of each kind of net may say. */
const codecs = {
  graph: t.exact(t.intersection([named, choice, t.partial({ from: t.unknown })])),
  sequential: t.exact(t.intersection([named, choice])),
  parallel: t.exact(t.intersection([named, t.type({ layer: anything('a layer') })])),
}

const openNode =
  (kind: keyof typeof codecs) =>
  (path: JsonPath, value: unknown): Either<SpecError, OpenNode> => {
    const copy = fieldsOf(path, value)
    if (isLeft(copy)) return copy
    const fields = decodeExact<NodeFields>(codecs[kind], path, copy.right)
    if (isLeft(fields)) return fields
    const { name, layer, shares, from } = fields.right
    if ((layer === undefined) === (shares === undefined))
      return refuse(
        path,
        `should have either layer or shares, ${layer === undefined ? 'not none' : 'not both'}`,
      )
    const own = layer === undefined ? undefined : { path: at(path, 'layer'), value: layer }
    const open = (wiring: Wiring | undefined): OpenNode => ({ name, own, shares, from: wiring })
    return from === undefined ? right(open(undefined)) : map(open)(readWiring(at(path, 'from'), from))
  }

/** The nodes of a net: of a graph they may say what they read, branches have a layer of their own. */
export const openNodes = (
  kind: keyof typeof codecs,
  path: JsonPath,
  value: unknown,
): Either<SpecError, readonly OpenNode[]> =>
  pipe(
    entriesOf(path, value),
    chain(traverseArrayWithIndex((index, node) => openNode(kind)(at(path, index), node))),
  )

/** The layers that nodes have of their own. */
export const ownParts = (nodes: readonly OpenNode[]): readonly SpecPart[] =>
  nodes.flatMap(({ own }) => (own === undefined ? [] : [own]))

/** The nodes as `graphFrom` takes them, given the layers of `ownParts`. */
export function entries(nodes: readonly OpenNode[], layers: readonly Net[]): readonly Entry[] {
  const own = layers.values()
  return nodes.map(({ name, shares, from }): Entry => {
    const layer = shares === undefined ? own.next().value : shared(shares)
    if (layer === undefined) throw new Error(`node '${name}' has no layer`)
    return from === undefined ? [name, layer] : [name, layer, from]
  })
}
