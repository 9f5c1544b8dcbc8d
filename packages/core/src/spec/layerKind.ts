import { isLeft, right, type Either } from '#fp/Either'
import * as t from '#io'
import type { Net } from '../layer/layer.ts'
import { decodeExact } from './decodeExact.ts'
import { jsonData } from './jsonData.ts'
import type { JsonPath } from './jsonPath.ts'
import { guarded, refuse, type SpecError } from './specError.ts'

/** A kind of layer that specs can name. */
export interface LayerKind {
  readonly kind: string
  /** The layer of these hyperparameters, or what is wrong with them; `path` is where they stand in the spec. */
  readonly read: (path: JsonPath, hyperparameters: unknown) => Either<SpecError, Net>
}

/** How to read a kind of layer, as its author says it; `H` are its hyperparameters. */
export interface LayerKindDeclaration<H> {
  /** The `kind` of the layers that `build` gives. */
  readonly kind: string
  /** The codec of the hyperparameters, exact (`t.exact`, `t.strict`); left out for a layer that has none. */
  readonly hyperparameters?: t.Type<H, unknown>
  /** The layer of some hyperparameters; what it throws becomes a sentence about the spec. */
  readonly build: (hyperparameters: H) => Net
}

const none = t.exact(t.type({}))

/**
 * A kind of layer that specs can name: how `fromSpec` gets from hyperparameters back to the layer.
 *
 * @param declaration the kind, an io-ts codec of its hyperparameters, and the function from these to the layer
 * @example
 * const softplus = () =>
 *   layer({
 *     kind: 'softplus',
 *     shape: sameShape('softplus'),
 *     params: {},
 *     forward: (_, x) => ({ output: log1p(exp(x)), cache: { x } }),
 *     backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, sigmoid(x)) }),
 *   })
 * const kinds = registry(...coreKinds, layerKind({ kind: 'softplus', build: softplus }))
 * fromSpec(kinds)({ version: 1, net: { kind: 'softplus' } })._tag // => 'Right'
 */
export function layerKind<H = Record<never, never>>(declaration: LayerKindDeclaration<H>): LayerKind {
  const { kind, build } = declaration
  const codec = declaration.hyperparameters ?? (none as unknown as t.Type<H, unknown>)
  const read = (path: JsonPath, hyperparameters: unknown): Either<SpecError, Net> => {
    const data = jsonData(path, hyperparameters)
    if (isLeft(data)) return data
    const decoded = guarded(path, () => decodeExact(codec, path, data.right))
    if (isLeft(decoded)) return decoded
    return guarded(path, () => {
      const built = build(decoded.right)
      return built.kind === kind
        ? right(built)
        : refuse(path, `the kind '${kind}' builds layers of the kind '${built.kind}'`)
    })
  }
  return { kind, read }
}
