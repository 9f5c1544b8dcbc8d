import { chain, isLeft, map, type Either } from '#fp/Either'
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
import { attempt, refuse, refuseValue, type SpecError } from './specError.ts'
import type { OpenedSpec, SpecPart } from './specPart.ts'

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

const openLayer =
  (kinds: Registry) =>
  (part: SpecPart): OpenedSpec => {
    const { path } = part
    const fields = fieldsOf(path, part.value)
    if (isLeft(fields)) return fields
    const { kind } = fields.right
    if (typeof kind !== 'string') return refuseValue(at(path, 'kind'), 'the name of a kind of layer', kind)
    const open = composed.get(kind)
    if (open !== undefined) return open(path, fields.right)
    const known = kinds.get(kind)
    if (known === undefined) return unknownKind(kinds, part, kind)
    const leaf = decodeExact(leafCodec, path, fields.right)
    if (isLeft(leaf)) return leaf
    const { hyperparameters = {} } = leaf.right
    const read = () => known.read(at(path, 'hyperparameters'), hyperparameters)
    return map((net: Net) => ({ parts: [], close: () => ({ _tag: 'Right', right: net }) as const }))(read())
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
  (json: unknown): Either<SpecError, Net> => {
    const read = attempt(undefined, () => readSpec(kinds, json))
    return isLeft(read) ? read : read.right
  }

const readSpec = (kinds: Registry, json: unknown): Either<SpecError, Net> =>
  chain(({ net }: { readonly net: unknown }) =>
    assemble<SpecPart, Net, SpecError>(
      { path: at(undefined, 'net'), value: net },
      {
        open: openLayer(kinds),
        identity: ({ value }) => value,
        deepest: maximumDepth,
        endless: ({ path }) => refuse(path, `is nested in more than ${maximumDepth} layers, or in itself`),
      },
    ),
  )(chain((fields: unknown) => decodeExact(specCodec, undefined, fields))(fieldsOf(undefined, json)))
