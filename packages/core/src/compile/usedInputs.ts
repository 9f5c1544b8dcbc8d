import { dependencyOrder } from '../evaluate/order.ts'
import type { Program } from './program.ts'

/** The positions of the inputs that an output needs. */
export function usedInputs({ inputs, outputs }: Program): ReadonlySet<number> {
  const names = new Set<string>()
  for (const { expression } of dependencyOrder(outputs.map(({ tensor }) => tensor)))
    if (expression.op === 'input') names.add(expression.name)
  return new Set([...inputs.keys()].filter((index) => names.has(inputs[index]?.name ?? '')))
}
