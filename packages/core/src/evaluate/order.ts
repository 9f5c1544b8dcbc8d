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
  // The tensors from a root down to the one at hand, and for each which operand is to be visited next.
  const path: AnyTensor[] = []
  const next: number[] = []
  const open = (tensor: AnyTensor) => {
    if (seen.has(tensor)) return
    seen.add(tensor)
    path.push(tensor)
    next.push(0)
  }
  for (const root of roots) {
    open(root)
    for (let tensor = path.at(-1); tensor !== undefined; tensor = path.at(-1)) {
      const position = next.at(-1) ?? 0
      const operand = tensor.expression.operands[position]
      next[next.length - 1] = position + 1
      if (operand !== undefined) open(operand)
      else {
        order.push(tensor)
        path.pop()
        next.pop()
      }
    }
  }
  return order
}
