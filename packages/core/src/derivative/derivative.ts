import { dependencyOrder } from '../evaluate/order.ts'
import { zeros } from '../tensor/construct.ts'
import { isFloat } from '../tensor/dtype.ts'
import { equalShapes, showShape } from '../tensor/shape.ts'
import type { AnyTensor, Tensor } from '../tensor/tensor.ts'
import { leaves, mapTree, type Tree } from '../tensor/tree.ts'
import { rules, type Moving, type Tangent } from './rules.ts'

/** A tensor that moves, and the direction in which it does, of its shape and dtype. */
export type Direction = readonly [tensor: AnyTensor, tangent: Tensor]

function checkDirections(directions: readonly Direction[]): void {
  for (const [tensor, tangent] of directions)
    if (!equalShapes(tensor.shape, tangent.shape) || tensor.dtype !== tangent.dtype)
      throw new TypeError(
        `derivative: a direction of ${tensor.dtype} ${showShape(tensor.shape)} must be of that form, not ${tangent.dtype} ${showShape(tangent.shape)}`,
      )
}

/**
 * The interpreter in forward mode: how the tensors of a tree change as other tensors that they are built from move.
 *
 *     d/dt f(x + t v) at t = 0, exact to rounding, as an expression
 *
 * At a kink it is the derivative of one side. An int32 tensor of the tree does not change: its derivative is zeros.
 *
 * @param tree a tensor or a record of trees
 * @param directions pairs of a tensor, usually an `input`, and the direction in which it moves, of its shape and dtype
 * @returns a tree of the form of `tree`
 * @throws TypeError if a direction has another shape or dtype than its tensor
 * @example
 * const x = tensor([1, 2, 3], 'float64')
 * toNested(derivative(mul(x, x), [[x, ones([3], 'float64')]])) // => [2, 4, 6]
 */
export function derivative<T extends Tree>(tree: T, directions: readonly Direction[]): T {
  checkDirections(directions)
  const tangents = new Map<AnyTensor, Tangent>(directions)
  for (const tensor of dependencyOrder(leaves(tree).map(([, root]) => root))) {
    if (tangents.has(tensor) || !isFloat(tensor.dtype)) continue
    const { expression } = tensor
    const moving: Moving = {
      y: tensor as Tensor,
      tangents: expression.operands.map((operand) => tangents.get(operand)),
    }
    if (moving.tangents.every((tangent) => tangent === undefined)) continue
    const rule = rules[expression.op] as (of: typeof expression, moving: Moving) => Tangent
    tangents.set(tensor, rule(expression, moving))
  }
  return mapTree(tree, (tensor) => tangents.get(tensor) ?? zeros([...tensor.shape], tensor.dtype))
}
