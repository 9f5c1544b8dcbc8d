import { dependencyOrder, type AnyTensor } from '@pullback/core'

/** Operations that hand integers on as they are. */
const moves = new Set(['reshape', 'broadcast', 'transpose', 'slice', 'concat'])

/** The smallest of the numbers of positions that an int32 tensor is used as an index into. */
function limitOf(user: AnyTensor, operand: AnyTensor): number | undefined {
  const { expression } = user
  if (expression.op === 'oneHot') return user.shape.at(-1)
  if (expression.op === 'gather' && expression.operands[1] === operand)
    return expression.operands[0].shape[expression.axis]
  if (expression.op === 'scatterAdd' && expression.operands[1] === operand) return user.shape[expression.axis]
  const other = expression.operands.find((candidate) => candidate !== operand)
  const source = other && origin(other)
  return source?.expression.op === 'iota' ? source.shape[source.expression.axis] : undefined
}

function origin(tensor: AnyTensor): AnyTensor {
  let at = tensor
  while (moves.has(at.expression.op)) {
    const [first] = at.expression.operands
    if (first === undefined) return at
    at = first
  }
  return at
}

/**
 * How many labels an int32 input can hold, 0 included, as its uses say: the depth of a `oneHot`, the size of the axis
 * that a `gather` or `scatterAdd` goes along, the length of an `iota` it is compared with; 2 if nothing says.
 */
export function labelRange(label: AnyTensor, roots: readonly AnyTensor[]): number {
  const limits: number[] = []
  const same = new Set([label])
  for (const tensor of dependencyOrder(roots)) {
    const used = tensor.expression.operands.find((operand) => same.has(operand))
    if (used === undefined) continue
    if (moves.has(tensor.expression.op)) same.add(tensor)
    const limit = limitOf(tensor, used)
    if (limit !== undefined) limits.push(limit)
  }
  return limits.length === 0 ? 2 : Math.min(...limits)
}
