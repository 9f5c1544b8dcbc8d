import {
  dependencyOrder,
  floor,
  add,
  isFloat,
  leaves,
  slice,
  sub,
  type AnyTensor,
  type Tensor,
  type Tree,
} from '@pullback/core'

/** A place in an expression where a function may bend or jump. */
export interface Branch {
  readonly tensor: AnyTensor
  /** What is negative on one side of the branch, positive on the other and zero on it. */
  readonly gap: AnyTensor
}

const comparisons = new Set(['equal', 'notEqual', 'less', 'lessEqual', 'greater', 'greaterEqual'])

/** The difference of the first two elements along an axis of a reduction: zero where they tie. */
function firstTwo(x: AnyTensor, axes: readonly number[]): AnyTensor | undefined {
  const along = axes.find((axis) => (x.shape[axis] ?? 0) > 1)
  if (along === undefined) return undefined
  const at = (position: number) =>
    slice(
      x,
      ...x.shape.map((size, axis) =>
        axis === along ? ([position, position + 1] as const) : ([0, size] as const),
      ),
    )
  return sub(at(0), at(1))
}

function gapOf({ expression }: AnyTensor): AnyTensor | undefined {
  if (comparisons.has(expression.op)) {
    const [a, b] = expression.operands
    return a && b && sub(a, b)
  }
  switch (expression.op) {
    case 'maximum':
    case 'minimum':
      return sub(...expression.operands)
    case 'abs':
    case 'sign':
      return expression.operands[0]
    case 'floor': {
      const [x] = expression.operands
      return isFloat(x.dtype) ? sub(x, floor(add(x as Tensor, 0.5))) : undefined
    }
    case 'max':
    case 'min':
      return firstTwo(expression.operands[0], expression.axes)
    case 'argmax':
      return firstTwo(expression.operands[0], [expression.axis])
    default:
      return undefined
  }
}

/** All branches that trees of expressions are built from, in the order of evaluation. */
export const branchesOf = (...trees: readonly Tree[]): readonly Branch[] =>
  dependencyOrder(trees.flatMap((tree) => leaves(tree).map(([, tensor]) => tensor))).flatMap((tensor) => {
    const gap = gapOf(tensor)
    return gap === undefined ? [] : [{ tensor, gap }]
  })

/** Which tensors change as some others do, in the order of evaluation. */
export function dependents(roots: readonly AnyTensor[], on: Iterable<AnyTensor>): ReadonlySet<AnyTensor> {
  const moving = new Set(on)
  for (const tensor of dependencyOrder(roots))
    if (tensor.expression.operands.some((operand) => moving.has(operand))) moving.add(tensor)
  return moving
}
