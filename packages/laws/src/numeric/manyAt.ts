import {
  dependencyOrder,
  elementCount,
  evaluate,
  fromValues,
  toArray,
  type AnyTensor,
  type Bindings,
  type Dtype,
} from '@pullback/core'
import { stacked, type Adjust } from './stacked.ts'

/** A named input of an expression that takes other values in every copy. */
export interface Variable {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: Dtype
}

/**
 * The values of every root for `count` copies of the variables, one copy after the other.
 *
 * @param fixed the inputs that are the same in every copy
 */
export type ManyAt = (
  copies: readonly Float64Array[],
  count: number,
  fixed?: Bindings,
) => readonly Float64Array[]

/** So many elements may all intermediate results together have. */
const room = 2 ** 19

const asFloat64 = (tensor: AnyTensor): Float64Array => {
  const values = toArray(tensor)
  return values instanceof Float64Array ? values : Float64Array.from(values)
}

/**
 * An evaluator of expressions at many values of their inputs at once.
 *
 * @param variables the inputs that differ from copy to copy
 * @param most how many copies are evaluated together at most; 1 evaluates the expressions as they are
 * @param adjust what changes operands on their way into a primitive
 */
export function manyAt(
  roots: readonly AnyTensor[],
  variables: readonly Variable[],
  most = Infinity,
  adjust?: Adjust,
): ManyAt {
  const names = variables.map(({ name }) => name)
  let together = 0
  const roomFor = (): number => {
    const elements = dependencyOrder(roots).reduce((sum, { shape }) => sum + elementCount(shape), 1)
    return Math.max(1, Math.min(most, Math.floor(room / elements)))
  }
  const built = new Map<number, readonly AnyTensor[]>()
  const expressions = (count: number): readonly AnyTensor[] => {
    if (count === 1 && adjust === undefined) return roots
    const found = built.get(count) ?? stacked(roots, names, count, adjust)
    built.set(count, found)
    return found
  }
  return (copies, count, fixed = {}) => {
    // Evaluators that are never asked cost nothing.
    if (together === 0) together = roomFor()
    const results = roots.map(({ shape }) => new Float64Array(count * elementCount(shape)))
    for (let from = 0; from < count; from += together) {
      const taken = Math.min(together, count - from)
      const bindings = Object.fromEntries(
        variables.map(({ name, shape, dtype }, index) => {
          const size = elementCount(shape)
          const values = (copies[index] ?? new Float64Array(0)).subarray(from * size, (from + taken) * size)
          return [
            name,
            fromValues(values, taken === 1 && adjust === undefined ? [...shape] : [taken, ...shape], dtype),
          ]
        }),
      )
      const values = evaluate(Object.fromEntries(expressions(taken).entries()), { ...fixed, ...bindings })
      results.forEach((result, index) => {
        const computed = values[index]
        if (computed !== undefined)
          result.set(asFloat64(computed), from * elementCount(roots[index]?.shape ?? []))
      })
    }
    return results
  }
}
