import type { ExpressionOf } from '../../tensor/expression.ts'
import { elementCount } from '../../tensor/shape.ts'
import { nowhere, stepped, type Access } from './access.ts'
import { element } from './element.ts'
import { operandOf, type Node } from './node.ts'
import { onlySplits, regroup } from './regroup.ts'

/** Whether a node has the elements of its operand, all of them in the same order. */
export function isAlias({ role, tensor: { expression, shape } }: Node): boolean {
  if (role !== 'view') return false
  const { op, operands } = expression
  if (op === 'broadcast') return elementCount(shape) === elementCount(operands[0].shape)
  return op !== 'transpose' && op !== 'slice'
}

/** Whether a node is a reshape that merges axes, which is an access to its operand only where that lies densely. */
export const merges = ({ tensor: { expression, shape } }: Node): boolean =>
  expression.op === 'reshape' && !onlySplits(expression.operands[0].shape, shape)

function throughBroadcast({ operands: [x] }: ExpressionOf<'broadcast'>, access: Access, rank: number) {
  const lead = access.length - x.shape.length
  return x.shape.map((size, axis) => (size === 1 ? nowhere(rank) : element(access, lead + axis)))
}

/** Where an access to a view goes in its operand; throws for a reshape that merges axes. */
export function throughView(node: Node, access: Access, rank: number): Access {
  const { expression, shape } = node.tensor
  switch (expression.op) {
    case 'broadcast':
      return throughBroadcast(expression, access, rank)
    case 'transpose': {
      const { permutation } = expression
      return permutation.map((_, axis) => element(access, permutation.indexOf(axis)))
    }
    case 'slice': {
      const { start, step } = expression
      return access.map((one, axis) => stepped(one, start[axis] ?? 0, step[axis] ?? 1))
    }
    default: {
      const regrouped = regroup(access, operandOf(node).tensor.shape, shape, rank)
      if (regrouped === undefined) throw new Error(`${expression.op} is no access to its operand`)
      return regrouped
    }
  }
}
