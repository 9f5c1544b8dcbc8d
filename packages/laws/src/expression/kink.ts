import {
  abs,
  add,
  cast,
  equal,
  floor,
  greater,
  greaterEqual,
  isFloat,
  lessEqual,
  max,
  mul,
  notEqual,
  scalar,
  sub,
  sum,
  zeros,
  type AnyTensor,
  type Shape,
  type Tensor,
} from '@pullback/core'
import { branchesOf, dependents } from './branch.ts'
import { float64, roundingErrors } from './rounding.ts'

type Condition = Tensor<Shape, 'int32'>

const wide = (x: AnyTensor): Tensor => cast(x, 'float64')

/** Where an expression may bend, seen from one of its branches. */
function near(tensor: AnyTensor, errorOf: (x: AnyTensor) => Tensor): Condition {
  const { expression } = tensor
  const [a, b] = expression.operands
  if (a === undefined) throw new TypeError('kink: a branch has operands')
  const reach = errorOf(a)
  const extreme = (axes: readonly number[], x: Tensor): Condition => {
    const options = { axes, keepDims: true }
    const top = max(x, options)
    const around = greaterEqual(add(x, mul(max(reach, options), 2)), top)
    return greater(sum(cast(around, 'float64'), { axes }), 1)
  }
  switch (expression.op) {
    case 'abs':
    case 'sign':
      return lessEqual(abs(wide(a)), reach)
    case 'floor': {
      const moved = notEqual(floor(add(wide(a), reach)), floor(sub(wide(a), reach)))
      return greater(add(cast(moved, 'float64'), cast(equal(floor(wide(a)), wide(a)), 'float64')), 0)
    }
    case 'max':
      return extreme(expression.axes, wide(a))
    case 'min':
      return extreme(expression.axes, sub(0, wide(a)))
    case 'argmax':
      return extreme([expression.axis], wide(a))
    default:
      return b === undefined
        ? equal(zeros([], 'float64'), 1)
        : lessEqual(abs(sub(wide(a), wide(b))), add(reach, errorOf(b)))
  }
}

/**
 * Whether an expression is on a kink, or as close to one as rounding can tell: a number above 0 if so.
 *
 * @param from what moves: branches that depend on nothing else are none
 */
export function kinkOf(roots: readonly AnyTensor[], from: readonly AnyTensor[]): Tensor {
  const moving = dependents(roots, from)
  const errors = roundingErrors(roots, float64)
  const errorOf = (x: AnyTensor) => errors.get(x) ?? zeros([...x.shape], 'float64')
  return branchesOf(...roots)
    .filter(({ tensor: { expression } }) =>
      expression.operands.some((operand) => isFloat(operand.dtype) && moving.has(operand)),
    )
    .reduce<Tensor>(
      (count, { tensor }) => add(count, sum(cast(near(tensor, errorOf), 'float64'))),
      scalar(0, 'float64'),
    )
}
