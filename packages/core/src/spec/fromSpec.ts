import { isLeft, right, type Either } from '#fp/Either'
import * as t from '#io'
import type { Net } from '../layer/layer.ts'
import { anything } from './anything.ts'
import { assemble } from './assemble.ts'
import { codecThat } from './codecThat.ts'
import { composed } from './composed.ts'
import { decodeExact } from './decodeExact.ts'
import { excerpt, shorten } from './excerpt.ts'
import { fieldsOf } from './jsonData.ts'
import { at } from './jsonPath.ts'
import { suggestion } from './nearest.ts'
import type { Registry } from './registry.ts'
import { composedKinds, maximumDepth, specVersion } from './spec.ts'
import { guarded, refuse, refuseValue, type SpecError } from './specError.ts'
import type { Fields, OpenedSpec, SpecPart } from './specPart.ts'

const version = codecThat(
  `${specVersion}, the version that this library reads`,
  (value): value is typeof specVersion => value === specVersion,
)

const specCodec = t.exact(t.type({ version, net: anything('a layer') }))

const leafCodec = t.exact(
  t.intersection([t.type({ kind: t.string }), t.partial({ hyperparameters: t.unknown })]),
)

function unknownKind(kinds: Registry, { path }: SpecPart, kind: string): OpenedSpec {
  const known = [...kinds.keys(), ...composedKinds].toSorted()
  const hint = suggestion(kind, known)
  return refuse(
    at(path, 'kind'),
    `there is no kind of layer ${excerpt(kind)}${hint || ';'} the kinds are ${shorten(known.join(', '), 400)}`,
  )
}

function openLeaf(kinds: Registry, part: SpecPart, kind: string, fields: Fields): OpenedSpec {
  const { path } = part
  const known = kinds.get(kind)
  if (known === undefined) return unknownKind(kinds, part, kind)
  const leaf = decodeExact(leafCodec, path, fields)
  if (isLeft(leaf)) return leaf
  const { hyperparameters = {} } = leaf.right
  const read = known.read(at(path, 'hyperparameters'), hyperparameters)
  return isLeft(read) ? read : right({ parts: [], close: () => read })
}

const openLayer =
  (kinds: Registry) =>
  (part: SpecPart): OpenedSpec => {
    const { path, value } = part
    const fields = fieldsOf(path, value)
    if (isLeft(fields)) return fields
    const { kind } = fields.right
    if (typeof kind !== 'string') return refuseValue(at(path, 'kind'), 'the name of a kind of layer', kind)
    const open = composed.get(kind)
    return open === undefined ? openLeaf(kinds, part, kind, fields.right) : open(path, fields.right)
  }

function readSpec(kinds: Registry, json: unknown): Either<SpecError, Net> {
  const fields = fieldsOf(undefined, json)
  if (isLeft(fields)) return fields
  const spec = decodeExact(specCodec, undefined, fields.right)
  if (isLeft(spec)) return spec
  return assemble<SpecPart, Net, SpecError>(
    { path: at(undefined, 'net'), value: spec.right.net },
    {
      open: openLayer(kinds),
      identity: ({ value }) => value,
      deepest: maximumDepth,
      endless: ({ path }) => refuse(path, `is nested in more than ${maximumDepth} layers, or in itself`),
    },
  )
}

/**
 * Reads a net back from data, which may come from anywhere: it never throws, and draws and allocates no parameters.
 *
 * @param kinds the kinds of layers that the spec may name: `registry(...coreKinds)`, and those of others
 * @returns a function from a spec as `toSpec` gives it, or anything else, to the net or to an error of one sentence
 * @example
 * const read = fromSpec(registry(...coreKinds))
 * const net = sequential(['N', 2], ['fc', affine(2, 3)], ['relu', relu()])
 * read(toSpec(net))._tag // => 'Right'
 * read({ version: 1, net: { kind: 'rely' } })._tag // => 'Left'
 */
export const fromSpec =
  (kinds: Registry) =>
  (json: unknown): Either<SpecError, Net> =>
    guarded(undefined, () => readSpec(kinds, json))
