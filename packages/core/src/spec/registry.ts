import type { LayerKind } from './layerKind.ts'
import { composedKinds } from './spec.ts'

/** The kinds of layers that specs can name, by name. */
export type Registry = ReadonlyMap<string, LayerKind>

/**
 * The registry of some kinds of layers. Nets composed by `graph`, `sequential`, `residual`, `parallel` and `objective`
 * are in every registry.
 *
 * @param kinds the library's, `...coreKinds`, and any others
 * @throws TypeError if two of them have the same name
 * @example
 * const kinds = registry(...coreKinds)
 * kinds.has('affine') // => true
 */
export function registry(...kinds: readonly LayerKind[]): Registry {
  const names = new Map<string, LayerKind>()
  for (const entry of kinds) {
    const { kind } = entry
    if (composedKinds.includes(kind))
      throw new TypeError(
        `registry: '${kind}' is a way of composing layers and cannot be the kind of a layer`,
      )
    if (names.has(kind)) throw new TypeError(`registry: there are two kinds of layer named '${kind}'`)
    names.set(kind, entry)
  }
  return names
}
