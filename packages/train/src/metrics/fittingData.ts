import type { AnyTensor, InputOf, Net, ObjectiveInputs, Shape, ShapesOf, Takes, Tensor } from '@pullback/core'

/**
 * The inputs of an objective for all examples of a data set, the first axis of each being that of the examples; any
 * tensors by name for a net known only at run time.
 */
export type DataFor<N extends Net, L extends Net> = Takes extends ShapesOf<N>['Takes']
  ? { readonly [input: string]: AnyTensor }
  : InputOf<ObjectiveInputs<N, L>>

/** A tensor of a shape known only at run time, as it comes from a file, may be given for any of its dtype. */
type Loosely<Wanted, Given> =
  Given extends Tensor<infer S, infer D>
    ? number extends S['length']
      ? Wanted extends Tensor<Shape, infer E>
        ? D extends E
          ? Given
          : Wanted
        : Wanted
      : Wanted
    : Wanted

type Loose<Wanted, Given> = {
  readonly [K in keyof Wanted]: K extends keyof Given ? Loosely<Wanted[K], Given[K]> : Wanted[K]
}

/** The data that are given if they fit what is wanted, as far as their types tell; else what is wanted. */
export type FittingData<Wanted, Given> = Given extends Loose<Wanted, Given> ? Given : Loose<Wanted, Given>
