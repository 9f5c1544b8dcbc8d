import type { LayerContext, Shape, Tensor, Tree, TreeRecord } from '@pullback/core'

/** Labels or other positions. */
export type Labels = Tensor<Shape, 'int32'>

/** The forward of a layer as its author writes it: parameters `P`, cache `C`, input `I`, state `S`. */
export type ForwardOf<P, C, I = Tensor, S extends TreeRecord = TreeRecord> = (
  params: P,
  input: I,
  context: LayerContext<S>,
) => { readonly output: Tensor; readonly cache: C; readonly state?: S }

/** The backward of a layer as its author writes it: parameters `P`, cache `C`, gradient by the input `D`. */
export type BackwardOf<P, C, D = Tensor> = (
  params: P,
  cache: C,
  dOutput: Tensor,
) => { readonly dParams: P; readonly dInput: D }

/** The two functions of a layer, of which a mutant replaces one. */
export interface Formulas<P, C extends Tree, I = Tensor, D = I, S extends TreeRecord = TreeRecord> {
  readonly forward: ForwardOf<P, C, I, S>
  readonly backward: BackwardOf<P, C, D>
}

/** The parameters of a layer that has none. */
export type None = Record<never, never>
