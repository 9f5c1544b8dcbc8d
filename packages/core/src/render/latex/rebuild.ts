import { dependencyOrder } from '../../evaluate/order.ts'
import type { Expression } from '../../tensor/expression.ts'
import { makeTensor, type AnyTensor } from '../../tensor/tensor.ts'

/** What tensors have become. */
export type Rebuilt = ReadonlyMap<AnyTensor, AnyTensor>

function onOperands(tensor: AnyTensor, rebuilt: Rebuilt): AnyTensor {
  const { operands } = tensor.expression
  const replaced = operands.map((operand) => rebuilt.get(operand) ?? operand)
  if (replaced.every((operand, index) => operand === operands[index])) return tensor
  return makeTensor(
    { ...tensor.expression, operands: replaced } as unknown as Expression,
    tensor.shape,
    tensor.dtype,
  )
}

/**
 * The expressions again with some tensors replaced.
 *
 * @param replace given a tensor, and the same on the operands that are rebuilt already
 */
export function rebuild(
  roots: readonly AnyTensor[],
  replace: (original: AnyTensor, rebuilt: AnyTensor) => AnyTensor,
): Rebuilt {
  const rebuilt = new Map<AnyTensor, AnyTensor>()
  for (const tensor of dependencyOrder(roots))
    rebuilt.set(tensor, replace(tensor, onOperands(tensor, rebuilt)))
  return rebuilt
}
