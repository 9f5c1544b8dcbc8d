import { dependencyOrder, isFloat, toArray, type AnyTensor } from '@pullback/core'

/** The numbers that stand in expressions of floats: thresholds, slopes, margins and the like, each once, 0 among them. */
export function constantsOf(roots: readonly AnyTensor[]): readonly number[] {
  const found = new Set<number>([0])
  for (const tensor of dependencyOrder(roots)) {
    const { expression, dtype } = tensor
    if (expression.op !== 'constant' || !isFloat(dtype) || expression.values.length > 64) continue
    for (const value of toArray(tensor)) if (Number.isFinite(value)) found.add(Math.abs(value))
  }
  return [...found]
}
