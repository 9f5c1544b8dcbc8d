import { dependencyOrder } from '../../evaluate/order.ts'
import type { Expression } from '../../tensor/expression.ts'
import { makeTensor, type AnyTensor } from '../../tensor/tensor.ts'

/** The same primitive with the same attributes on other operands, as many as it has. */
export const withOperands = (expression: Expression, operands: readonly AnyTensor[]): Expression =>
  ({ ...expression, operands }) as unknown as Expression

/**
 * Expressions with every tensor replaced, from the inputs up.
 *
 * @param replace given a tensor on replaced operands, and the tensor as it was; what it gives takes the tensor's place
 */
export function rebuild(
  roots: readonly AnyTensor[],
  replace: (tensor: AnyTensor, original: AnyTensor) => AnyTensor,
): readonly AnyTensor[] {
  const replaced = new Map<AnyTensor, AnyTensor>()
  const now = (tensor: AnyTensor): AnyTensor => replaced.get(tensor) ?? tensor
  for (const original of dependencyOrder(roots)) {
    const { expression, shape, dtype } = original
    const isSame = expression.operands.every((operand) => now(operand) === operand)
    const operands = expression.operands.map(now)
    const moved = isSame ? original : makeTensor(withOperands(expression, operands), shape, dtype)
    replaced.set(original, replace(moved, original))
  }
  return roots.map(now)
}
