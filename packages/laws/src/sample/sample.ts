import type { Context, LayerInput, Net, Tensor, TreeRecord } from '@pullback/core'

/** One layer at one point: everything that a law needs to judge it there. */
export interface Sample {
  readonly layer: Net
  /** Of the form that `layer.init` gives, float64. */
  readonly params: TreeRecord
  readonly input: LayerInput
  /** The gradient by the output (the cotangent), of the shape of the output. */
  readonly dOutput: Tensor
  readonly context: Context
  /** What directions and neighbours are drawn from. */
  readonly seed: number
}
