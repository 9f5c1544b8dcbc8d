import { isFloat, scalar, toArray, type AnyTensor, type Backend, type Net } from '@pullback/core'
import { bindingsOf, formOf } from '../expression/evaluateSample.ts'
import { expressionsOf, givenLeaves } from '../expression/expressions.ts'
import type { ManyAt } from '../numeric/manyAt.ts'
import type { Sample } from '../sample/sample.ts'
import { circuitOf, type Circuit } from './circuit.ts'
import { valueCircuit } from './valueCircuit.ts'
import type { Vector } from './kernels/vectors.ts'

/** A layer at a sample: its circuit, and where the variables are. */
export interface Point extends Circuit {
  readonly layer: Net
  /** The values of all variables at the sample. */
  readonly at: Vector
  /** The largest magnitude among them, at least 1. */
  readonly scale: number
}

const asFloat64 = (tensor: AnyTensor): Float64Array => Float64Array.from(toArray(tensor))

/** The largest finite magnitude of many numbers, at least 1. */
export function magnitude(all: Vector): number {
  let largest = 1
  for (const values of all)
    for (const value of values) {
      const size = Math.abs(value)
      if (size > largest && size < Infinity) largest = size
    }
  return largest
}

/** The circuit of a layer; one that looks at values when it is built has no expressions, and no circuit but its own. */
function circuitAt(sample: Sample): Circuit {
  let expressions
  try {
    expressions = expressionsOf(sample.layer, formOf(sample))
  } catch {
    return valueCircuit(sample)
  }
  return circuitOf(expressions)
}

/**
 * The layer of a sample at its position.
 *
 * @param backend who computes the outputs along lines; the reference unless given
 * @throws whatever forward or backward throw
 */
export function pointOf(given: Omit<Sample, 'dOutput' | 'seed'>, backend?: Backend): Point {
  const sample: Sample = { ...given, dOutput: scalar(0, 'float64'), seed: 0 }
  const circuit = circuitAt(sample)
  const moving = new Set(circuit.variables.map(({ name }) => name))
  const fixed = Object.fromEntries(
    Object.entries(bindingsOf(sample)).filter(([name]) => name !== 'dOutput' && !moving.has(name)),
  )
  const withFixed =
    (many: ManyAt): ManyAt =>
    (copies, count) =>
      many(copies, count, fixed)
  const at = givenLeaves(sample).flatMap(([, tensor]) => (isFloat(tensor.dtype) ? [asFloat64(tensor)] : []))
  return {
    ...circuit,
    layer: sample.layer,
    at,
    scale: magnitude(at),
    outputs: withFixed(backend === undefined ? circuit.outputs : circuit.outputsBy(backend)),
    outputsPlainly: withFixed(circuit.outputsPlainly),
    gradients: withFixed(circuit.gradients),
    nudged: circuit.nudged.map(withFixed),
    rounding: withFixed(circuit.rounding),
    intermediates: withFixed(circuit.intermediates),
  }
}
