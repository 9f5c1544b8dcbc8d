import type { Dtype } from '../../tensor/dtype.ts'
import type { Expression, ExpressionOf, Op } from '../../tensor/expression.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'

/** The simplest tensor known for an expression of simplified operands, the same one whenever it is asked for again. */
export type Build = (expression: Expression, shape: readonly number[], dtype: Dtype) => AnyTensor

/** One way to say the same with less: to the bit, whatever the operands are. */
export interface Rewrite {
  readonly ops: readonly Op[]
  /** Why the result is the same. */
  readonly reason: string
  /** The replacement of a tensor whose operands are simplified, if there is one. */
  readonly apply: (tensor: AnyTensor, build: Build) => AnyTensor | undefined
}

/** A rewrite of the expressions of some primitives. */
export function rewrite<K extends Op>(
  ops: readonly K[],
  reason: string,
  apply: (expression: ExpressionOf<K>, tensor: AnyTensor, build: Build) => AnyTensor | undefined,
): Rewrite {
  return {
    ops,
    reason,
    apply: (tensor, build) => apply(tensor.expression as ExpressionOf<K>, tensor, build),
  }
}
