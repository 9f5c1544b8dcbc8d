import type { Float } from '../tensor/dtype.ts'
import type { Key } from '../tensor/random.ts'
import type { Dim, Shape } from '../tensor/shape.ts'
import type { AnyTensor, Tensor } from '../tensor/tensor.ts'
import type { Tree, TreeRecord } from '../tensor/tree.ts'
import type { Pattern, PatternRecord, Takes } from '../shape/pattern.ts'
import type { ShapeFunction, ShapeRule } from '../shape/signature.ts'
import type { ParameterTree } from './parameter.ts'
import type { GraphStructure } from '../graph/structure.ts'

/** Data that can be written as JSON. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Whether a net is being trained or used: some layers, such as dropout, differ. */
export type Mode = 'train' | 'predict'

/** What a layer may need beside its parameters and input. */
export interface Context {
  /** Where the randomness of this layer and this step comes from. */
  readonly key?: Key
  /** `'train'` unless given. */
  readonly mode?: Mode
  /** What layers carry from step to step, such as running means; the initial state unless given. */
  readonly state?: TreeRecord
  /** The names of the nodes that lead here, for error sentences. */
  readonly path?: string
  /** Told the path and the output of every node of a net as it is built, those of nets within it first. */
  readonly observe?: (path: string, output: AnyTensor) => void
}

// These conditions look at nothing but the form of a pattern, so that they resolve while its sizes are still type
// parameters of the function that declares a layer.
type IsShape = readonly unknown[]
type IsInteger = { readonly dtype: 'int32' }

type LooseShape<S> = '...' extends S[keyof S]
  ? Shape
  : { readonly [K in keyof S]: S[K] extends string ? Dim : S[K] } extends infer L extends Shape
    ? L
    : Shape

/** The tensors that fit a pattern: a size that is a name may be any number. */
export type TensorLike<P> = [P] extends [{ readonly dtype: 'int32'; readonly shape: infer S }]
  ? Tensor<LooseShape<S>, 'int32'>
  : [P] extends [IsShape]
    ? Tensor<LooseShape<P>>
    : AnyTensor

/** What a layer is given: one tensor, or several by name. */
export type LayerInput = AnyTensor | { readonly [input: string]: AnyTensor }

/** What a layer that takes `T` is given; anything a layer may be given, if only the program knows what it takes. */
export type InputOf<T extends Takes> = [T] extends [Pattern]
  ? TensorLike<T>
  : [T] extends [PatternRecord]
    ? { readonly [K in keyof T]: TensorLike<T[K]> }
    : LayerInput

/** The gradient by an input `T`: float tensors have one, int32 tensors have none. */
export type InputGradient<T extends Takes> = [T] extends [IsInteger]
  ? undefined
  : [T] extends [IsShape]
    ? TensorLike<T>
    : [T] extends [PatternRecord]
      ? { readonly [K in keyof T as T[K] extends IsInteger ? never : K]: TensorLike<T[K]> }
      : LayerInput | undefined

/** The same as the author of a layer sees them: shapes are checked by the program, not in the author's way. */
export interface Authored<T extends Takes> {
  readonly input: T extends IsInteger
    ? Tensor<Shape, 'int32'>
    : T extends IsShape
      ? Tensor
      : { readonly [K in keyof T]: T[K] extends IsInteger ? Tensor<Shape, 'int32'> : Tensor }
  readonly gradient: T extends IsInteger
    ? undefined
    : T extends IsShape
      ? Tensor
      : { readonly [K in keyof T as T[K] extends IsInteger ? never : K]: Tensor }
}

/** What forward gives: the output, what backward needs, and the state after this step. */
export interface Forward<Output extends AnyTensor = AnyTensor> {
  readonly output: Output
  readonly cache: Tree
  readonly state: TreeRecord
}

/** What backward gives: gradients of the form of the parameters, and of the input. */
export interface Backward<P extends TreeRecord, DInput> {
  readonly dParams: P
  readonly dInput: DInput
}

declare const typed: unique symbol

/**
 * A layer: an immutable value with a forward and a backward, both pure functions on tensors.
 *
 * `F` is its rule on shapes as the type checker runs it, `P` its parameters: `{ W, b }`, or, of a net, records of
 * these by the names of its nodes. Its methods are methods so that a layer of known shapes is a layer.
 */
export interface Layer<F extends ShapeFunction = ShapeFunction, P extends TreeRecord = TreeRecord> {
  /** The name of this kind of layer, as in specs: `'affine'`. */
  readonly kind: string
  /** What sets this layer apart from others of its kind, as data. */
  readonly hyperparameters: { readonly [name: string]: Json }
  readonly rule: ShapeRule<F>
  /** Its parameters as declared: their shapes and how they begin. */
  readonly parameters: ParameterTree
  /** The nodes that it is composed of, if it is a net. */
  readonly graph?: GraphStructure
  /** The state that the layer begins with; `{}` if it carries none. */
  readonly initialState: TreeRecord
  /** Draws the parameters from a key: every number is a function of the seed and the parameter's path. */
  init(key: Key, options?: { readonly dtype?: Float }): P
  /** The output for an input, with the cache that backward needs. */
  forward(params: P, input: InputOf<F['Takes']>, context?: Context): Forward<TensorLike<F['Gives']>>
  /**
   * The gradients by parameters and input, for the gradient by the output, from the cache that forward gave; `path` is
   * the names of the nodes that lead here, for error sentences.
   */
  backward(
    params: P,
    cache: Tree,
    dOutput: TensorLike<F['Gives']>,
    path?: string,
  ): Backward<P, InputGradient<F['Takes']>>
  readonly [typed]?: { readonly function: F; readonly params: P }
}

/** A layer or net of which only the program knows the shapes. */
export type Net = Layer

/** The parameters of a layer. */
export type ParamsOf<L extends Net> = NonNullable<L[typeof typed]>['params']

/** The rule on shapes of a layer, as the type checker runs it. */
export type ShapesOf<L extends Net> = NonNullable<L[typeof typed]>['function']
