import {
  input,
  isPattern,
  isTensor,
  leaves,
  shapeOf,
  showTakes,
  type AnyTensor,
  type Context,
  type Float,
  type LayerInput,
  type Mode,
  type Net,
  type Parameter,
  type ParameterTree,
  type Pattern,
  type Takes,
  type Tensor,
  type Tree,
  type TreeRecord,
} from '@pullback/core'

/** Forward and backward of a layer as expressions of named inputs, built once for given sizes and evaluated often. */
export interface Expressions {
  readonly params: TreeRecord
  readonly input: LayerInput
  readonly context: Context
  readonly dOutput: Tensor
  readonly output: AnyTensor
  readonly cache: Tree
  readonly state: TreeRecord
  readonly dParams: TreeRecord
  /** Undefined for an input that has no gradient. */
  readonly dInput: LayerInput | undefined
}

/** What the expressions of a layer depend on. */
export interface Form {
  readonly shapes: Takes
  readonly mode: Mode
  readonly dtype: Float
}

const isParameter = (tree: Parameter | ParameterTree): tree is Parameter => Array.isArray(tree.shape)

const parameterInputs = (tree: ParameterTree, dtype: Float, path = 'params'): TreeRecord =>
  Object.fromEntries(
    Object.entries(tree).map(([name, child]) => {
      const here = `${path}.${name}`
      return [
        name,
        isParameter(child) ? input(here, [...child.shape], dtype) : parameterInputs(child, dtype, here),
      ]
    }),
  )

/** The state, in float32 if the rest is. */
const stateInputs = (tree: TreeRecord, dtype: Float, path = 'state'): TreeRecord =>
  Object.fromEntries(
    Object.entries(tree).map(([name, child]) => {
      const here = `${path}.${name}`
      if (!isTensor(child)) return [name, stateInputs(child, dtype, here)]
      return [name, input(here, [...child.shape], child.dtype === 'int32' ? 'int32' : dtype)]
    }),
  )

const sizesOf = (pattern: Pattern): readonly number[] =>
  shapeOf(pattern).map((size) => (typeof size === 'number' ? size : 1))

const patternInput = (pattern: Pattern, name: string, dtype: Float): AnyTensor =>
  input(name, sizesOf(pattern), Array.isArray(pattern) ? dtype : 'int32')

const layerInputs = (shapes: Takes, dtype: Float): LayerInput =>
  isPattern(shapes)
    ? patternInput(shapes, 'input', dtype)
    : Object.fromEntries(
        Object.entries(shapes).map(([name, pattern]) => [
          name,
          patternInput(pattern, `input.${name}`, dtype),
        ]),
      )

/** Forward and then backward of a layer on these tensors; throws what the layer throws. */
export function applyLayer(
  layer: Net,
  given: { readonly params: TreeRecord; readonly input: LayerInput; readonly context: Context },
  dOutputOf: (output: AnyTensor) => Tensor,
): Expressions {
  const { params, input: x, context } = given
  const { output, cache, state } = layer.forward(params, x, context)
  const dOutput = dOutputOf(output)
  const { dParams, dInput } = layer.backward(params, cache, dOutput)
  return {
    params,
    input: x,
    context,
    dOutput,
    output,
    cache,
    state,
    dParams,
    dInput,
  }
}

function build(layer: Net, { shapes, mode, dtype }: Form): Expressions {
  const context: Context = {
    mode,
    key: input('key', [2], 'int32'),
    state: stateInputs(layer.initialState, dtype),
  }
  const given = {
    params: parameterInputs(layer.parameters, dtype),
    input: layerInputs(shapes, dtype),
    context,
  }
  return applyLayer(layer, given, (output) => input('dOutput', [...output.shape], floatOf(output, dtype)))
}

const floatOf = ({ dtype }: AnyTensor, otherwise: Float): Float => (dtype === 'int32' ? otherwise : dtype)

const built = new WeakMap<Net, Map<string, Expressions>>()

/**
 * The expressions of a layer for these sizes, built the first time that they are asked for.
 *
 * @throws what the layer throws
 */
export function expressionsOf(layer: Net, form: Form): Expressions {
  const known = built.get(layer) ?? new Map<string, Expressions>()
  built.set(layer, known)
  const key = `${form.mode} ${form.dtype} ${showTakes(form.shapes)}`
  const found = known.get(key) ?? build(layer, form)
  known.set(key, found)
  return found
}

/** The tensors that gradients are taken by, with their paths: `params.W`, `input`, `input.logits`. */
export const givenLeaves = ({
  params,
  input: x,
}: {
  readonly params: TreeRecord
  readonly input: LayerInput
}): readonly (readonly [path: string, tensor: AnyTensor])[] => [
  ...leaves(params).map(([path, tensor]) => [`params.${path}`, tensor] as const),
  ...(isTensor(x)
    ? [['input', x] as const]
    : Object.entries(x).map(([name, tensor]) => [`input.${name}`, tensor] as const)),
]
