import { isLeft, left, right, type Either } from '#fp/Either'
import * as t from '#io'
import { build } from '../graph/build.ts'
import { parallelFrom } from '../graph/parallel.ts'
import { residualFrom } from '../graph/residual.ts'
import type { Net } from '../layer/layer.ts'
import { objectiveFrom } from '../objective/objective.ts'
import { anything } from './anything.ts'
import { decodeExact } from './decodeExact.ts'
import { fieldsOf } from './jsonData.ts'
import { at, type JsonPath } from './jsonPath.ts'
import { entries, openNodes, ownParts } from './nodes.ts'
import { readPattern, readTakes } from './patterns.ts'
import { guarded, refuse, type SpecError } from './specError.ts'
import type { Fields, OpenedSpec, SpecPart } from './specPart.ts'

const inputs = anything('the pattern of an input, such as ["N", 4]')

const rowCodec = t.exact(t.type({ kind: t.string, inputs, nodes: anything('a list of nodes') }))

const parallelCodec = t.exact(t.type({ kind: t.string, inputs, branches: anything('a list of branches') }))

const residualCodec = t.exact(t.type({ kind: t.string, body: anything('a layer') }))

const objectiveCodec = t.exact(
  t.intersection([
    t.type({ kind: t.string, net: anything('a layer'), loss: anything('a layer') }),
    t.partial({ penalties: t.unknown }),
  ]),
)

/** The net that is composed, or the sentence that says what does not fit, headed by the path. */
const composing = (path: JsonPath, compose: () => Either<string, Net>): Either<SpecError, Net> =>
  guarded(path, () => {
    const net = compose()
    return isLeft(net) ? refuse(path, net.left) : net
  })

const openNet =
  (kind: 'graph' | 'sequential') =>
  (path: JsonPath, fields: Fields): OpenedSpec => {
    const spec = decodeExact(rowCodec, path, fields)
    if (isLeft(spec)) return spec
    const read = kind === 'graph' ? readTakes : readPattern
    const takes = read(at(path, 'inputs'), spec.right.inputs)
    if (isLeft(takes)) return takes
    const nodes = openNodes(kind, at(path, 'nodes'), spec.right.nodes)
    if (isLeft(nodes)) return nodes
    return right({
      parts: ownParts(nodes.right),
      close: (layers) => composing(path, () => build(kind, takes.right, entries(nodes.right, layers))),
    })
  }

function openParallel(path: JsonPath, fields: Fields): OpenedSpec {
  const spec = decodeExact(parallelCodec, path, fields)
  if (isLeft(spec)) return spec
  const takes = readPattern(at(path, 'inputs'), spec.right.inputs)
  if (isLeft(takes)) return takes
  const branches = openNodes('parallel', at(path, 'branches'), spec.right.branches)
  if (isLeft(branches)) return branches
  return right({
    parts: ownParts(branches.right),
    close: (layers) => {
      const named = branches.right.flatMap(({ name }, index) => {
        const layer = layers[index]
        return layer === undefined ? [] : [[name, layer] as const]
      })
      return composing(path, () => parallelFrom(takes.right, named))
    },
  })
}

function openResidual(path: JsonPath, fields: Fields): OpenedSpec {
  const spec = decodeExact(residualCodec, path, fields)
  if (isLeft(spec)) return spec
  return right({
    parts: [{ path: at(path, 'body'), value: spec.right.body }],
    close: ([body]) => composing(path, () => (body === undefined ? left('has no body') : residualFrom(body))),
  })
}

function openObjective(path: JsonPath, fields: Fields): OpenedSpec {
  const spec = decodeExact(objectiveCodec, path, fields)
  if (isLeft(spec)) return spec
  const { net, loss, penalties = {} } = spec.right
  const paid = fieldsOf(at(path, 'penalties'), penalties)
  if (isLeft(paid)) return paid
  const penaltyParts = Object.entries(paid.right).map(([name, value]): SpecPart => ({
    path: at(path, 'penalties', name),
    value,
  }))
  return right({
    parts: [{ path: at(path, 'net'), value: net }, { path: at(path, 'loss'), value: loss }, ...penaltyParts],
    close: ([netRead, lossRead, ...penaltiesRead]) =>
      composing(path, () => {
        if (netRead === undefined || lossRead === undefined) return left('has no net or loss')
        const names = Object.keys(paid.right)
        return objectiveFrom(
          netRead,
          lossRead,
          Object.fromEntries(penaltiesRead.map((penalty, index) => [names[index] ?? '', penalty])),
        )
      }),
  })
}

/** How to open each kind that is composed of others. */
export const composed: ReadonlyMap<string, (path: JsonPath, fields: Fields) => OpenedSpec> = new Map([
  ['graph', openNet('graph')],
  ['sequential', openNet('sequential')],
  ['parallel', openParallel],
  ['residual', openResidual],
  ['objective', openObjective],
])
