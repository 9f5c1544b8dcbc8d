import { add, evaluate, isFloat, mapTree, transpose, type AnyTensor, type Tensor } from '@pullback/core'
import { close } from '../gradientsAt.ts'
import { showTensor } from '../showPlace.ts'
import { always, differs, type Hint, type Point } from './evidence.ts'

/** The elements of a matrix, column by column. */
const columnwise = (values: Float64Array, [rows = 0, columns = 0]: readonly number[]): Float64Array =>
  values.map((_, position) => values[(position % rows) * columns + Math.floor(position / rows)] ?? 0)

/** The gradient is the transpose of what it should be. */
export const transposed: Hint = ({ points }) =>
  always(
    points,
    ({ gradient }) =>
      gradient.shape.length === 2 &&
      differs(gradient) &&
      close(gradient.analytic, columnwise(gradient.expected, gradient.shape)),
  )
    ? 'the transpose of what it should be'
    : undefined

const isSquare = ({ shape }: AnyTensor): boolean => shape.length === 2 && shape[0] === shape[1]

const symmetric = (leaf: AnyTensor): AnyTensor =>
  isSquare(leaf) && isFloat(leaf.dtype) ? evaluate(add(leaf as Tensor, transpose(leaf as Tensor))) : leaf

/** The gradient is that of the layer with its square parameters transposed, or right where they are symmetric. */
export const parameterTransposed: Hint = ({ points, at }) => {
  const isTransposed = ({ sample, gradient }: Point): boolean => {
    const params = mapTree(sample.params, (leaf) => (isSquare(leaf) ? transpose(leaf) : leaf))
    const other = at({ ...sample, params })
    return other !== undefined && differs(gradient) && close(gradient.analytic, other.gradient.expected)
  }
  const isRightIfSymmetric = ({ sample, gradient }: Point): boolean => {
    const other = at({ ...sample, params: mapTree(sample.params, symmetric) })
    return other !== undefined && differs(gradient) && !differs(other.gradient)
  }
  if (always(points, isTransposed)) return 'right with the parameter transposed: a transpose is missing'
  return always(points, isRightIfSymmetric)
    ? 'right where the parameter is symmetric: a transpose is missing'
    : undefined
}

/** The gradient is that of another tensor. */
export const otherTensor: Hint = ({ points }) => {
  const [first] = points
  const found = first?.gradients.find(
    ({ tensor }) =>
      tensor !== first.gradient.tensor &&
      always(points, ({ gradient, gradients }) => {
        const other = gradients.find((each) => each.tensor === tensor)
        return other !== undefined && differs(gradient) && close(gradient.analytic, other.expected)
      }),
  )
  return found && `what ${showTensor(found.tensor)} should have: two gradients are exchanged`
}

/** The gradient has the right numbers at the wrong entries. */
export const otherEntry: Hint = ({ points }) =>
  always(
    points,
    ({ gradient }) =>
      gradient.expected.length > 1 &&
      differs(gradient) &&
      close(gradient.analytic.toSorted(), gradient.expected.toSorted()),
  )
    ? 'the right numbers at the wrong entries: an index is off'
    : undefined
