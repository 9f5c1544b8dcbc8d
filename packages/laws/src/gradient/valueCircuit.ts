import {
  elementCount,
  evaluate,
  fromValues,
  isFloat,
  isTensor,
  mapTree,
  toArray,
  type AnyTensor,
  type LayerInput,
  type TreeRecord,
} from '@pullback/core'
import { applyLayer, givenLeaves, type Expressions } from '../expression/expressions.ts'
import type { Sample } from '../sample/sample.ts'
import { gradientTensors, type Circuit } from './circuit.ts'

const asFloat64 = (tensor: AnyTensor): Float64Array => Float64Array.from(toArray(tensor))

/**
 * The circuit of a layer that looks at the values that it is given, so that it is no expression of named inputs: it is
 * built anew for every copy.
 */
export function valueCircuit(sample: Sample): Circuit {
  const { layer, params, input, context } = sample
  const given = givenLeaves({ params, input }).filter(([, { dtype }]) => isFloat(dtype))
  const variables = given.map(([name, { shape, dtype }]) => ({ name, shape, dtype }))

  const applied = (copies: readonly Float64Array[], copy: number, dOutput?: Float64Array): Expressions => {
    let leaf = -1
    const next = (tensor: AnyTensor): AnyTensor => {
      if (!isFloat(tensor.dtype)) return tensor
      leaf += 1
      const size = elementCount(tensor.shape)
      const values = copies[leaf]?.subarray(copy * size, (copy + 1) * size) ?? []
      return fromValues(values, [...tensor.shape], tensor.dtype)
    }
    const here = {
      params: mapTree<TreeRecord>(params, next),
      input: isTensor(input) ? next(input) : (mapTree<TreeRecord>(input, next) as LayerInput),
      context,
    }
    return applyLayer(layer, here, ({ shape, dtype }) => {
      const size = elementCount(shape)
      const values = dOutput?.subarray(copy * size, (copy + 1) * size) ?? new Float64Array(size)
      return fromValues(values, [...shape], isFloat(dtype) ? dtype : 'float64')
    })
  }

  const outputs: Circuit['outputs'] = (copies, count) => {
    const all = Array.from({ length: count }, (_, copy) => asFloat64(evaluate(applied(copies, copy).output)))
    return [joined(all)]
  }
  const { output } = applied(
    given.map(([, tensor]) => asFloat64(tensor)),
    0,
  )
  return {
    variables,
    outputShape: output.shape,
    width: isFloat(output.dtype) ? elementCount(output.shape) : 0,
    unit: 2 ** -53,
    outputs,
    outputsBy: () => outputs,
    outputsPlainly: outputs,
    gradients: (copies, count) => {
      const each = Array.from({ length: count }, (_, copy) =>
        gradientTensors(applied(copies, copy, copies.at(-1)), variables).map((tensor) =>
          asFloat64(evaluate(tensor)),
        ),
      )
      return variables.map((_, leaf) =>
        joined(each.map((gradients) => gradients[leaf] ?? new Float64Array(0))),
      )
    },
    nudged: [],
    intermediates: () => [],
    rounding: (_, count) => variables.map(({ shape }) => new Float64Array(count * elementCount(shape))),
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, { length }) => sum + length, 0))
  let from = 0
  for (const part of parts) {
    all.set(part, from)
    from += part.length
  }
  return all
}
