import { dependencyOrder } from '../../evaluate/order.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import { rebuild, type Rebuilt } from './rebuild.ts'

/** An equation before it is written: a named tensor and what it is. */
export interface Line {
  /** The input tensor that stands for the left side wherever else it is read. */
  readonly name: AnyTensor
  readonly value: AnyTensor
}

function countUses(roots: readonly AnyTensor[]): ReadonlyMap<AnyTensor, number> {
  const uses = new Map<AnyTensor, number>()
  const use = (tensor: AnyTensor): void => {
    uses.set(tensor, (uses.get(tensor) ?? 0) + 1)
  }
  for (const tensor of dependencyOrder(roots))
    for (const operand of new Set(tensor.expression.operands)) use(operand)
  for (const root of roots) use(root)
  return uses
}

/**
 * Gives names to the tensors of `given` and to what the expressions use more than once, if it is more than functions
 * of one name: these are as short as a name would be.
 *
 * @param given the names of tensors that have one
 * @param fresh a name for a tensor that has none
 * @returns the equations of all names, and what the tensors have become in terms of the names
 */
export function nameShared(
  roots: readonly AnyTensor[],
  given: ReadonlyMap<AnyTensor, AnyTensor>,
  fresh: (like: AnyTensor) => AnyTensor,
): { readonly lines: readonly Line[]; readonly rebuilt: Rebuilt } {
  const lines: Line[] = []
  const uses = countUses(roots)
  const composite = new Set<AnyTensor>()
  const rebuilt = rebuild(roots, (original, value) => {
    const { operands } = value.expression
    const joins = operands.length > 1 || operands.some((operand) => composite.has(operand))
    const name = given.get(original) ?? (joins && (uses.get(original) ?? 0) > 1 ? fresh(original) : undefined)
    if (name !== undefined) {
      lines.push({ name, value })
      return name
    }
    if (joins) composite.add(value)
    return value
  })
  return { lines, rebuilt }
}
