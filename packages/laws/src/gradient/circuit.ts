import { dependencyOrder, elementCount, isFloat, zeros, type AnyTensor, type Backend } from '@pullback/core'
import { givenLeaves, type Expressions } from '../expression/expressions.ts'
import { nudges, nudging } from './nudge.ts'
import { float64, roundingErrors } from '../expression/rounding.ts'
import { compiledAt } from '../numeric/compiledAt.ts'
import { manyAt, type ManyAt, type Variable } from '../numeric/manyAt.ts'

/** A layer of given sizes as functions of everything that can be moved: built once, evaluated at every sample. */
export interface Circuit {
  /** The parameters, then the float inputs: `params.fc1.W`, `input`, `input.logits`. */
  readonly variables: readonly Variable[]
  readonly outputShape: readonly number[]
  /** How many outputs there are; none if they are integers. */
  readonly width: number
  /** The unit roundoff of forward: 2^-24 if anything that varies is float32 inside. Backward should do no worse. */
  readonly unit: number
  /** The outputs for copies of all variables. */
  readonly outputs: ManyAt
  /** The same, computed by a backend. */
  readonly outputsBy: (backend: Backend) => ManyAt
  /** The same, one copy at a time by the expression as it is. */
  readonly outputsPlainly: ManyAt
  /** The gradients by all variables for copies of all variables and, last, of the cotangent. */
  readonly gradients: ManyAt
  /** The outputs with every kink moved a little, each in another way. */
  readonly nudged: readonly ManyAt[]
  /** How far rounding can put the gradients off, for copies as `gradients` takes them. */
  readonly rounding: ManyAt
  /** Everything that backward computes from a cotangent, for copies as `gradients` takes them. */
  readonly intermediates: ManyAt
}

/** Everything float that is computed from a tensor. */
function dependents(roots: readonly AnyTensor[], on: (tensor: AnyTensor) => boolean): readonly AnyTensor[] {
  const found = new Set<AnyTensor>()
  for (const tensor of dependencyOrder(roots))
    if (on(tensor) || tensor.expression.operands.some((operand) => found.has(operand))) found.add(tensor)
  return [...found].filter(({ dtype }) => isFloat(dtype))
}

/** The gradients in the order of the variables; one that is missing or misshapen, which the structure law minds, is 0. */
export function gradientTensors(
  { dParams, dInput }: Expressions,
  variables: readonly Variable[],
): readonly AnyTensor[] {
  const found = new Map(givenLeaves({ params: dParams, input: dInput ?? {} }))
  return variables.map(({ name, shape, dtype }) => {
    const gradient = found.get(name)
    return gradient !== undefined && elementCount(gradient.shape) === elementCount(shape)
      ? gradient
      : zeros([...shape], dtype)
  })
}

const isFloat32 = ({ dtype }: AnyTensor): boolean => dtype === 'float32'

/** Worked out when it is first asked for, which for most layers is never. */
function roundingOf(gradients: readonly AnyTensor[], variables: readonly Variable[], unit: number): ManyAt {
  let many: ManyAt | undefined
  return (copies, count, fixed) => {
    if (many === undefined) {
      // A backward that rounds to float32 although forward does not is not excused by it.
      const isCoarser = unit < 2 ** -50 && dependents(gradients, isFloat32).length > 0
      const errors = isCoarser ? new Map<AnyTensor, AnyTensor>() : roundingErrors(gradients, float64)
      many = manyAt(
        gradients.map((gradient) => errors.get(gradient) ?? zeros([...gradient.shape], 'float64')),
        variables,
      )
    }
    return many(copies, count, fixed)
  }
}

const known = new WeakMap<Expressions, Circuit>()

/** The circuit of a layer's expressions, made the first time that it is asked for. */
export function circuitOf(expressions: Expressions): Circuit {
  const found = known.get(expressions) ?? build(expressions)
  known.set(expressions, found)
  return found
}

function build(expressions: Expressions): Circuit {
  const { output, dOutput } = expressions
  const given = givenLeaves(expressions).filter(([, { dtype }]) => isFloat(dtype))
  const variables = given.map(([name, { shape, dtype }]) => ({ name, shape, dtype }))
  const gradients = gradientTensors(expressions, variables)
  const cotangent: Variable = { name: 'dOutput', shape: dOutput.shape, dtype: dOutput.dtype }
  const moving = new Set<AnyTensor>([dOutput, ...given.map(([, tensor]) => tensor)])
  const varying = dependents([output], (tensor) => moving.has(tensor))
  const outputs = manyAt([output], variables)
  const compiled = new WeakMap<Backend, ManyAt>()
  const unit = varying.some(({ dtype }) => dtype === 'float32') ? 2 ** -24 : 2 ** -53
  return {
    variables,
    outputShape: output.shape,
    width: isFloat(output.dtype) ? elementCount(output.shape) : 0,
    unit,
    outputs,
    outputsBy: (backend) => {
      if (backend.name === 'reference') return outputs
      const found = compiled.get(backend) ?? compiledAt(backend, [output], variables)
      compiled.set(backend, found)
      return found
    },
    outputsPlainly: manyAt([output], variables, 1),
    gradients: manyAt(gradients, [...variables, cotangent]),
    nudged: Array.from({ length: nudges }, (_, nudge) =>
      manyAt([output], variables, Infinity, nudging(nudge)),
    ),
    intermediates: manyAt(
      dependents(gradients, (tensor) => tensor === dOutput),
      [...variables, cotangent],
    ),
    rounding: roundingOf(gradients, [...variables, cotangent], unit),
  }
}
