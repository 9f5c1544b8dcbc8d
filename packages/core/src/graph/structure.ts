import type { Layer } from '../layer/layer.ts'
import type { Takes } from '../shape/pattern.ts'

/** What a node reads: one earlier node or input by its name, or several, by the names of its layer's inputs. */
export type Wiring = string | { readonly [input: string]: string }

/** One node of a net. */
export interface GraphNode {
  readonly name: string
  readonly layer: Layer
  readonly from: Wiring
  /** The earlier node whose layer and parameters this one uses, if they are not its own. */
  readonly shares?: string
}

/** A net as data: its inputs and its nodes, each after those it reads; the last node is the output. */
export interface GraphStructure {
  readonly inputs: Takes
  readonly nodes: readonly GraphNode[]
}
