import { frozen } from '../shape/frozen.ts'
import type { ShapeFunction, ShapeRule } from '../shape/signature.ts'
import { input } from '../tensor/construct.ts'
import { fold, type Key } from '../tensor/random.ts'
import type { AnyTensor, Tensor } from '../tensor/tensor.ts'
import type { Tree, TreeRecord } from '../tensor/tree.ts'
import {
  checkCache,
  checkInput,
  checkInputGradient,
  checkNames,
  checkOutput,
  checkOutputGradient,
  checkParameters,
  within,
} from './check.ts'
import type { Authored, Context, Json, Layer, LayerInput, Mode, Net } from './layer.ts'
import { drawParameters, type Parameters, type TensorsOf } from './parameter.ts'

/** What a layer is told beside its parameters and input; a layer that needs none of it does not mention it. */
export interface LayerContext<State> {
  /** Where its randomness comes from: a function of the seed, the layer's path and the step. */
  readonly key: Key
  readonly mode: Mode
  /** What it returned as `state` the last time, or its initial state. */
  readonly state: State
}

/** The record with tensors of any shape in its place: shapes of results are checked when the program runs. */
type AnyShapes<T> = {
  readonly [K in keyof T]: T[K] extends AnyTensor ? AnyTensor : AnyShapes<T[K]>
}

/** What the author of a layer writes; `F`, `P`, `C` and `S` are inferred from it. */
export interface LayerDeclaration<
  F extends ShapeFunction,
  P extends Parameters,
  C extends Tree,
  S extends TreeRecord,
> {
  /** The name of this kind of layer, as in specs. */
  readonly kind: string
  /** What sets this layer apart from others of its kind; `{}` if left out. */
  readonly hyperparameters?: { readonly [name: string]: Json }
  /** Its rule on shapes: `signature(...)`, `sameShape(...)` or `computed(...)`. */
  readonly shape: ShapeRule<F>
  readonly params: P
  /** The state that it begins with, for a layer that carries one from step to step. */
  readonly state?: S
  readonly forward: (
    params: TensorsOf<P>,
    input: Authored<F['Takes']>['input'],
    context: LayerContext<S>,
  ) => { readonly output: AnyTensor; readonly cache: C; readonly state?: AnyShapes<NoInfer<S>> }
  readonly backward: (
    params: TensorsOf<P>,
    cache: C,
    dOutput: Tensor,
  ) => {
    readonly dParams: { readonly [K in keyof P]: Tensor }
    readonly dInput: Authored<F['Takes']>['gradient']
  }
}

/** The key given, or an input that has no value: only evaluating what was drawn from it is a mistake. */
const keyOf = ({ key, path }: Context, title: string): Key =>
  key ?? input(`key of ${path ?? title}`, [2], 'int32')

/**
 * A layer from what its author writes: a kind, a rule on shapes, parameters, and the two functions.
 *
 * The layer checks what it is given and what its author's functions return against the rule, and hides the type of
 * the cache. A mistake throws a TypeError of one sentence, headed by the path of the node.
 *
 * @param declaration see `LayerDeclaration`: `forward` gives the output and a cache, `backward` reads that cache
 * @example
 * const softplus = () =>
 *   layer({
 *     kind: 'softplus',
 *     shape: sameShape('softplus'),
 *     params: {},
 *     forward: (_, x) => ({ output: log1p(exp(x)), cache: { x } }),
 *     backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: mul(dOutput, sigmoid(x)) }),
 *   })
 * toNumber(softplus().forward({}, scalar(0, 'float64')).output) // => 0.6931471805599453
 */
export function layer<
  F extends ShapeFunction,
  const P extends Parameters,
  C extends Tree,
  S extends TreeRecord = Record<never, never>,
>(declaration: LayerDeclaration<F, P, C, S>): Layer<F, TensorsOf<P>> {
  return erasedLayer(declaration as unknown as ErasedDeclaration) as Layer<F, TensorsOf<P>>
}

/** A declaration without the types that only its author needs: from here on its cache is a tree like any other. */
interface ErasedDeclaration {
  readonly kind: string
  readonly hyperparameters?: { readonly [name: string]: Json }
  readonly shape: ShapeRule
  readonly params: Parameters
  readonly state?: TreeRecord
  readonly forward: (
    params: TreeRecord,
    input: LayerInput,
    context: LayerContext<TreeRecord>,
  ) => { readonly output: AnyTensor; readonly cache: Tree; readonly state?: TreeRecord }
  readonly backward: (
    params: TreeRecord,
    cache: Tree,
    dOutput: AnyTensor,
  ) => { readonly dParams: TreeRecord; readonly dInput: LayerInput | undefined }
}

function erasedLayer(declaration: ErasedDeclaration): Net {
  const {
    kind,
    hyperparameters = {},
    shape: rule,
    params: parameters,
    state: initialState = {},
  } = declaration
  const { title } = rule
  checkNames(title, 'parameters', parameters)
  checkNames(title, 'state', initialState)
  return Object.freeze<Net>({
    kind,
    hyperparameters: frozen(hyperparameters),
    rule,
    parameters: Object.freeze({ ...parameters }),
    initialState: Object.freeze({ ...initialState }),
    init: (key, options = {}) => drawParameters(parameters, fold(key, 'init'), options.dtype ?? 'float32'),
    forward(params, given, context = {}) {
      const { path, state = initialState, mode = 'train' } = context
      checkParameters(`the parameters of ${title}`, parameters, params, path)
      checkInput(rule, params, given, path)
      const told = { key: keyOf(context, title), mode, state }
      const result = within(path, `forward of ${title}`, () => declaration.forward(params, given, told))
      checkOutput(rule, given, result.output, path)
      checkCache(title, result.cache, path)
      return { output: result.output, cache: result.cache, state: result.state ?? state }
    },
    backward(params, cache, dOutput, path) {
      checkOutputGradient(rule, dOutput, path)
      const { dParams, dInput } = within(path, `backward of ${title}`, () =>
        declaration.backward(params, cache, dOutput),
      )
      checkParameters(`dParams of ${title}`, parameters, dParams, path)
      checkInputGradient(rule, dOutput, dInput, path)
      return { dParams, dInput }
    },
  })
}
