import { broadcastTo, scalar, type AnyTensor, type Tree, leaves } from '@pullback/core'
import { resultsOf } from './evaluateSample.ts'
import type { Expressions } from './expressions.ts'
import { float32, float64, roundingErrors } from './rounding.ts'

/** Results, and how far rounding can put each off, by the paths of the results. */
export interface Bounded {
  readonly values: Tree
  readonly errors: Readonly<Record<string, AnyTensor>>
}

/** The arithmetic whose rounding counts. */
export type Rounding = 'float64' | 'float32'

const known = new WeakMap<Expressions, Map<Rounding, Bounded>>()

/** A tree with, beside each tensor, the bound of its error. */
export function withErrors(tree: Tree, errors: ReadonlyMap<AnyTensor, AnyTensor>): Bounded {
  const zero = scalar(0, 'float64')
  return {
    values: tree,
    errors: Object.fromEntries(
      leaves(tree).map(([path, tensor]) => [path, errors.get(tensor) ?? broadcastTo(zero, tensor.shape)]),
    ),
  }
}

/** What a layer gives and how far rounding can put it off, built once for each form of a layer. */
export function boundedResults(expressions: Expressions, rounding: Rounding): Bounded {
  const found = known.get(expressions) ?? new Map<Rounding, Bounded>()
  known.set(expressions, found)
  const before = found.get(rounding)
  if (before !== undefined) return before
  const { output, dParams, dInput } = resultsOf(expressions)
  const tree: Tree = { output, params: dParams, input: dInput }
  const roots = leaves(tree).map(([, tensor]) => tensor)
  const bounded = withErrors(tree, roundingErrors(roots, rounding === 'float32' ? float32 : float64))
  found.set(rounding, bounded)
  return bounded
}
