import type { AnyTensor } from '../tensor/tensor.ts'

/**
 * All tensors that `roots` are built from, operands before the tensors that use them, each once.
 * An explicit stack keeps expressions of any depth from overflowing the call stack.
 *
 * @example
 * const x = input('x', [2])
 * dependencyOrder([exp(neg(x))]).map((tensor) => tensor.expression.op) // => ['input', 'neg', 'exp']
 */
export function dependencyOrder(roots: readonly AnyTensor[]): readonly AnyTensor[] {
  const order: AnyTensor[] = []
  const seen = new Set<AnyTensor>()
  const path: { readonly tensor: AnyTensor; next: number }[] = []
  for (const root of roots) {
    if (seen.has(root)) continue
    seen.add(root)
    path.push({ tensor: root, next: 0 })
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const operand = top.tensor.expression.operands[top.next++]
      if (operand === undefined) {
        order.push(top.tensor)
        path.pop()
      } else if (!seen.has(operand)) {
        seen.add(operand)
        path.push({ tensor: operand, next: 0 })
      }
    }
  }
  return order
}
