import type { AnyTensor } from '../tensor/tensor.ts'

/**
 * All tensors that `roots` are built from, operands before the tensors that use them, each once.
 * An explicit stack keeps expressions of any depth from overflowing the call stack.
 */
export function dependencyOrder(roots: readonly AnyTensor[]): readonly AnyTensor[] {
  const order: AnyTensor[] = []
  const opened = new Set<AnyTensor>()
  const closed = new Set<AnyTensor>()
  const stack = roots.toReversed()
  for (let tensor = stack.at(-1); tensor !== undefined; tensor = stack.at(-1)) {
    if (closed.has(tensor)) {
      stack.pop()
    } else if (opened.has(tensor)) {
      stack.pop()
      closed.add(tensor)
      order.push(tensor)
    } else {
      opened.add(tensor)
      for (const operand of tensor.expression.operands.toReversed())
        if (!opened.has(operand)) stack.push(operand)
    }
  }
  return order
}
