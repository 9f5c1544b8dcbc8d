import {
  dependencyOrder,
  elementCount,
  input,
  isFloat,
  leaves,
  mapTree,
  toArray,
  zeros,
  type AnyTensor,
  type LayerInput,
  type Net,
  type Tree,
  type TreeRecord,
} from '@pullback/core'
import { manyAt, type ManyAt, type Variable } from '../numeric/manyAt.ts'
import type { Sample } from '../sample/sample.ts'

/** One tensor by which there is a gradient: a parameter or a float input. */
export interface Leaf extends Variable {
  readonly values: Float64Array
}

/** A layer at a point as expressions of everything that can be moved, built once and evaluated often. */
export interface Point {
  readonly layer: Net
  /** The parameters, then the float inputs: `params.fc1.W`, `input`, `input.logits`. */
  readonly leaves: readonly Leaf[]
  readonly outputShape: readonly number[]
  /** How many outputs there are. */
  readonly width: number
  /** The largest magnitude among the parameters and inputs, at least 1. */
  readonly scale: number
  /** The unit roundoff of forward and of backward: 2^-24 if anything that varies is float32 inside. */
  readonly unit: number
  /** The outputs for copies of all leaves; one copy at a time, unstacked, if `plainly`. */
  readonly outputs: ManyAt
  readonly outputsPlainly: ManyAt
  /** The gradients by all leaves for copies of all leaves and, last, of the cotangent. */
  readonly gradients: ManyAt
  /** The largest magnitude of anything that backward computes from a cotangent, for one copy as `gradients` takes it. */
  readonly hidden: (copy: readonly Float64Array[]) => number
}

const cotangentName = 'dOutput'

const join = (path: string, name: string): string => (name === '' ? path : `${path}.${name}`)

const asFloat64 = (tensor: AnyTensor): Float64Array => Float64Array.from(toArray(tensor))

/** Whether a tensor that depends on an input is float32. */
function hasFloat32(roots: readonly AnyTensor[]): boolean {
  const varying = new Set<AnyTensor>()
  for (const tensor of dependencyOrder(roots)) {
    const { op, operands } = tensor.expression
    if (op !== 'input' && !operands.some((operand) => varying.has(operand))) continue
    if (tensor.dtype === 'float32') return true
    varying.add(tensor)
  }
  return false
}

/** Everything float that is computed from the cotangent, which stands last among the variables. */
const intermediates = (roots: readonly AnyTensor[], variables: readonly Variable[]): ManyAt => {
  const dependent = new Set<AnyTensor>()
  for (const tensor of dependencyOrder(roots)) {
    const { expression } = tensor
    const depends =
      expression.op === 'input'
        ? expression.name === cotangentName
        : expression.operands.some((operand) => dependent.has(operand))
    if (depends) dependent.add(tensor)
  }
  return manyAt(
    [...dependent].filter(({ dtype }) => isFloat(dtype)),
    variables,
  )
}

/** The largest finite magnitude of many numbers, at least 1. */
const magnitude = (all: readonly Float64Array[]): number => {
  let largest = 1
  for (const values of all)
    for (const value of values) {
      const size = Math.abs(value)
      if (size > largest && size < Infinity) largest = size
    }
  return largest
}

/**
 * The expressions of a layer at a sample.
 *
 * @throws whatever forward or backward throw
 */
export function pointOf({ layer, params, input: given, context }: Omit<Sample, 'dOutput' | 'seed'>): Point {
  const found: Leaf[] = []
  const named = <T extends Tree>(root: string, tree: T): T =>
    mapTree(tree, (tensor, path) => {
      if (!isFloat(tensor.dtype)) return tensor
      const name = join(root, path)
      found.push({ name, shape: tensor.shape, dtype: tensor.dtype, values: asFloat64(tensor) })
      return input(name, [...tensor.shape], tensor.dtype)
    })
  const symbolicParams = named<TreeRecord>('params', params)
  const symbolicInput = named<LayerInput>('input', given)
  const { output, cache } = layer.forward(symbolicParams, symbolicInput, context)
  const dOutput = input(cotangentName, [...output.shape], output.dtype)
  const { dParams, dInput } = layer.backward(symbolicParams, cache, dOutput)
  const gradientOf = new Map<string, AnyTensor>([
    ...leaves(dParams).map(([path, tensor]) => [join('params', path), tensor] as const),
    ...(dInput === undefined ? [] : leaves(dInput as Tree)).map(
      ([path, tensor]) => [join('input', path), tensor] as const,
    ),
  ])
  // A gradient that is missing or of another shape breaks the law of structure; here it counts as zero.
  const gradientTensors = found.map(({ name, shape, dtype }) => {
    const gradient = gradientOf.get(name)
    return gradient !== undefined && elementCount(gradient.shape) === elementCount(shape)
      ? gradient
      : zeros([...shape], dtype)
  })
  const cotangent: Variable = { name: cotangentName, shape: output.shape, dtype: output.dtype }
  return {
    layer,
    leaves: found,
    outputShape: output.shape,
    width: isFloat(output.dtype) ? elementCount(output.shape) : 0,
    scale: magnitude(found.map(({ values }) => values)),
    unit: hasFloat32([output, ...gradientTensors]) ? 2 ** -24 : 2 ** -53,
    outputs: manyAt([output], found),
    outputsPlainly: manyAt([output], found, 1),
    gradients: manyAt(gradientTensors, [...found, cotangent]),
    hidden: (copy) => magnitude(intermediates(gradientTensors, [...found, cotangent])(copy, 1)),
  }
}
