import { dependencyOrder } from '../../evaluate/order.ts'
import type { AnyTensor } from '../../tensor/tensor.ts'
import type { Cell } from './cell.ts'
import { element } from './element.ts'
import { roleOf, type Role } from './role.ts'

/** A tensor of a program on its way to a plan. */
export interface Node {
  readonly tensor: AnyTensor
  readonly operands: readonly Node[]
  readonly role: Role
  /** In how many places its value is needed, those behind views of it included. */
  uses: number
  /** Whether its elements are to be in memory though they could be computed where they are needed. */
  stored: boolean
  /** The memory that has its elements densely in row-major order. */
  cell: Cell | undefined
}

/** A node for every tensor that the outputs need, operands first. */
export function nodesOf(outputs: readonly AnyTensor[]): ReadonlyMap<AnyTensor, Node> {
  const nodes = new Map<AnyTensor, Node>()
  for (const tensor of dependencyOrder(outputs))
    nodes.set(tensor, {
      tensor,
      operands: tensor.expression.operands.map((operand) => nodeOf(nodes, operand)),
      role: roleOf(tensor),
      uses: 0,
      stored: false,
      cell: undefined,
    })
  return nodes
}

export function nodeOf(nodes: ReadonlyMap<AnyTensor, Node>, tensor: AnyTensor): Node {
  const node = nodes.get(tensor)
  if (node === undefined) throw new Error(`${tensor.expression.op} comes too late in the order`)
  return node
}

/** The first, and of most roles only, operand. */
export const operandOf = (node: Node): Node => element(node.operands, 0)
