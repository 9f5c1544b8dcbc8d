import type { Layer, Net, ParamsOf, ShapesOf } from '../layer/layer.ts'
import type { IsUnion, Match, Substitute } from '../shape/matchTypes.ts'
import type { Pattern, PatternRecord, Takes } from '../shape/pattern.ts'
import type { Apply, ShapeFunction, Signature } from '../shape/signature.ts'
import type { Path } from '../tensor/tree.ts'

/** The input of a loss that takes the output of the net. */
export type PredictionInput<T> = 'logits' extends keyof T
  ? 'logits'
  : 'prediction' extends keyof T
    ? 'prediction'
    : never

type InputsOf<T extends Takes> = T extends Pattern ? { readonly input: T } : T

type Prediction<N extends Net, T> = { readonly [K in PredictionInput<T>]: ShapesOf<N>['Gives'] }

type Bindings<N extends Net, T> = Match<
  { readonly [K in PredictionInput<T>]: K extends keyof T ? T[K] : never },
  Prediction<N, T>
>

/** The inputs that a loss takes beside the output of the net, in the sizes of the net. */
type OtherInputs<N extends Net, T> =
  Bindings<N, T> extends infer B
    ? {
        readonly [K in keyof T as K extends PredictionInput<T> ? never : K]: [B] extends [never]
          ? T[K]
          : Substitute<T[K], B>
      }
    : never

type Flat<T> = { readonly [K in keyof T]: T[K] }

/** Whether a layer has one input, several, or as many as only the program knows. */
type Arity<T> = [T] extends [Pattern] ? 'one' : [T] extends [PatternRecord] ? 'several' : 'unknown'

/**
 * The inputs of an objective: those of the net (`input`, if it has one), and those of the loss but the prediction; any,
 * if only the program knows them.
 */
export type ObjectiveInputs<N extends Net, L extends Net> = 'unknown' extends
  Arity<ShapesOf<N>['Takes']> | Arity<ShapesOf<L>['Takes']>
  ? PatternRecord
  : Flat<InputsOf<ShapesOf<N>['Takes']> & OtherInputs<N, ShapesOf<L>['Takes']>> extends infer T extends Takes
    ? T
    : never

/** The loss, or the sentence that says why the output of the net does not fit it. */
export type FittingLoss<N extends Net, L extends Net> = true extends IsUnion<N> | IsUnion<L>
  ? 'loss: the net or the loss is one of several; build the objective with objectiveFrom'
  : [PredictionInput<ShapesOf<L>['Takes']>] extends [never]
    ? 'loss: takes neither logits nor prediction, one of which is the output of the net'
    : Apply<
          ShapesOf<L>,
          Flat<Prediction<N, ShapesOf<L>['Takes']> & OtherInputs<N, ShapesOf<L>['Takes']>>
        > extends infer Out
      ? Out extends string
        ? `loss: ${Out}`
        : L
      : never

interface ScalarFunction extends ShapeFunction {
  readonly Gives: readonly []
}

/** A layer that gives a scalar and has no parameters, such as `l2`. */
export type Penalty = Layer<ScalarFunction, { readonly [name: string]: never }>

/** Penalties by the paths of the parameters that they are on. */
export type Penalties<P> = { readonly [K in Path<P>]?: Penalty }

/** A net with its loss and penalties: a layer whose output is the number to be made small. */
export interface Objective<N extends Net = Net, L extends Net = Net> extends Layer<
  Signature<'objective', ObjectiveInputs<N, L>, readonly []>,
  ParamsOf<N>
> {
  readonly net: N
  readonly loss: L
  /** The name of the input of the loss that takes the output of the net. */
  readonly prediction: string
  readonly penalties: Readonly<Record<string, Net>>
}
