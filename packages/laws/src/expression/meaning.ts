import { dependencyOrder, type AnyTensor } from '@pullback/core'
import type { Unbounded } from './unbounded.ts'
import { unboundedRules } from './unboundedRules.ts'

/**
 * The interpreter without overflow: what tensors mean when no number on the way is too large or too small, as pairs of
 * expressions m and e that stand for m 2^e.
 *
 * Where the layer overflows and this does not, another formula for the same function would not have overflowed.
 */
export function meaningOf(roots: readonly AnyTensor[]): ReadonlyMap<AnyTensor, Unbounded> {
  const meanings = new Map<AnyTensor, Unbounded>()
  for (const tensor of dependencyOrder(roots)) {
    const { expression } = tensor
    const rule = unboundedRules[expression.op] as (
      of: typeof expression,
      operands: readonly Unbounded[],
      y: AnyTensor,
    ) => Unbounded
    const operands = expression.operands.map((operand) => meanings.get(operand))
    meanings.set(
      tensor,
      rule(
        expression,
        operands.filter((operand) => operand !== undefined),
        tensor,
      ),
    )
  }
  return meanings
}
