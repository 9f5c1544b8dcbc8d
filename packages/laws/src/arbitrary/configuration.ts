import type { LayerInput, Mode, Net, Takes, TreeRecord } from '@pullback/core'

/** A layer as it is to be tried: bugs hide in configurations more than in values. */
export interface Configuration {
  readonly layer: Net
  /** The patterns of its inputs where they are to be narrower than its rule: `['N', 3, 8, 8]`. */
  readonly takes?: Takes
  /** Both modes are tried unless one is given. */
  readonly mode?: Mode
  /** What is made of a drawn input, for a layer that is not defined everywhere: `({ p }) => ({ p: sigmoid(p) })`. */
  readonly input?: (drawn: LayerInput) => LayerInput
  /** What is made of drawn parameters. */
  readonly params?: (drawn: TreeRecord) => TreeRecord
}

/** A configuration, or a layer as it is. */
export type Configured = Net | Configuration

export const configurationOf = (configured: Configured): Configuration =>
  'layer' in configured ? configured : { layer: configured }
