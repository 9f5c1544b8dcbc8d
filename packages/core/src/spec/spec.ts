import type { Json } from '../layer/layer.ts'
import type { Pattern, Takes } from '../shape/pattern.ts'
import type { Wiring } from '../graph/structure.ts'

/** The version of the format that this library writes and reads. */
export const specVersion = 1

/** How deep nets may be nested in nets in a spec: JSON and nets much deeper than this overflow the stack when used. */
export const maximumDepth = 500

// These are type aliases and not interfaces so that a spec is `Json` and can be a part of other documents.

/** A net as data: what `toSpec` gives, `fromSpec` reads and `JSON.stringify` writes. */
export type Spec = { readonly version: typeof specVersion; readonly net: LayerSpec }

/** A layer, net or objective as data. */
export type LayerSpec = LeafSpec | GraphSpec | SequentialSpec | ResidualSpec | ParallelSpec | ObjectiveSpec

/** A layer of a registered kind; hyperparameters are left out where there are none. */
export type LeafSpec = {
  readonly kind: string
  readonly hyperparameters?: { readonly [name: string]: Json }
}

/** A node: its name, and its own layer or the earlier node whose layer it is again. */
export type NodeSpec =
  { readonly name: string; readonly layer: LayerSpec } | { readonly name: string; readonly shares: string }

/** `graph(...)`; a node without `from` reads the node before it. */
export type GraphSpec = {
  readonly kind: 'graph'
  readonly inputs: Takes
  readonly nodes: readonly (NodeSpec & { readonly from?: Wiring })[]
}

/** `sequential(...)`. */
export type SequentialSpec = {
  readonly kind: 'sequential'
  readonly inputs: Pattern
  readonly nodes: readonly NodeSpec[]
}

/** `residual(...)`. */
export type ResidualSpec = { readonly kind: 'residual'; readonly body: LayerSpec }

/** `parallel(...)`. */
export type ParallelSpec = {
  readonly kind: 'parallel'
  readonly inputs: Pattern
  readonly branches: readonly { readonly name: string; readonly layer: LayerSpec }[]
}

/** `objective(...)`: penalties by the paths of the parameters they are on. */
export type ObjectiveSpec = {
  readonly kind: 'objective'
  readonly net: LayerSpec
  readonly loss: LayerSpec
  readonly penalties: { readonly [path: string]: LayerSpec }
}

/** The kinds that are composed of others: they are read and written with their parts, in every registry. */
export const composedKinds: readonly string[] = ['graph', 'objective', 'parallel', 'residual', 'sequential']
