import {
  evaluate,
  isTensor,
  mul,
  sum,
  toArray,
  transformTree,
  transpose,
  type AnyTensor,
  type LayerInput,
  type Tensor,
  type Tree,
} from '@pullback/core'
import type { Sample } from '../../sample/sample.ts'
import { close } from '../gradientsAt.ts'
import { always, differs, type Hint, type Point } from './evidence.ts'

/** What a bias or a scale is summed from: the cotangent, or its product with an input of its shape. */
const summands = ({ input, dOutput }: Sample): readonly Tensor[] =>
  isTensor(input) && input.shape.join() === dOutput.shape.join()
    ? [dOutput, mul(dOutput, input as Tensor)]
    : [dOutput]

/** All sets of axes of a rank but the empty one. */
const axesOf = (rank: number): readonly (readonly number[])[] =>
  Array.from({ length: 2 ** rank - 1 }, (_, set) =>
    Array.from({ length: rank }, (_, axis) => axis).filter((axis) => ((set + 1) >> axis) & 1),
  )

function isOtherSum({ sample, gradient }: Point): boolean {
  if (!differs(gradient)) return false
  return summands(sample).some((summand) => {
    const sums = axesOf(summand.shape.length).map((axes) => toArray(evaluate(sum(summand, { axes }))))
    const gives = (values: Float64Array) => sums.some((found) => close(found, values))
    return gives(gradient.expected) && gives(gradient.analytic)
  })
}

/** The gradient is a sum over one axis of what should be summed over another. */
export const summedAxis: Hint = ({ points }) =>
  always(points, isOtherSum) ? 'summed over the wrong axis' : undefined

const swap = (tensor: AnyTensor): AnyTensor =>
  tensor.shape.length < 2
    ? tensor
    : transpose(tensor, [1, 0, ...tensor.shape.slice(2).map((_, axis) => axis + 2)])

const swapBack = (values: Float64Array, shape: readonly number[]): Float64Array => {
  const [first = 1, second = 1, ...rest] = shape
  const width = rest.reduce((product, size) => product * size, 1)
  return values.map((_, position) => {
    const outer = Math.floor(position / width)
    const from = (outer % second) * first + Math.floor(outer / second)
    return values[from * width + (position % width)] ?? 0
  })
}

/** The gradient by an input is right for the layer that works along the other axis. */
export const otherAxis: Hint = ({ points, at }) => {
  const holds = ({ sample, gradient }: Point): boolean => {
    if (!gradient.tensor.startsWith('input') || gradient.shape.length < 2) return false
    const other = at({
      ...sample,
      input: transformTree<Tree, AnyTensor>(sample.input, swap) as LayerInput,
      dOutput: evaluate(swap(sample.dOutput)) as Tensor,
    })
    return (
      other !== undefined &&
      differs(gradient) &&
      close(gradient.analytic, swapBack(other.gradient.expected, gradient.shape))
    )
  }
  return always(points, holds) ? 'right along the other axis: backward works along a wrong axis' : undefined
}
