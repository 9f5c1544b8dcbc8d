import { div, mul, sign, sum, abs, sub, max, equal, cast, type Net, type Tensor } from '@pullback/core'
import * as fc from 'fast-check'
import { wrongGradient, type Expected, type Mutant } from './mutant.ts'
import {
  along,
  everyLargest,
  firstLargest,
  maxOver,
  meanOver,
  type ReductionFormulas,
} from './right/reductions.ts'

/** Shapes, equal sizes among them, with the axis that is reduced. */
const forms = fc.tuple(
  fc.constantFrom<readonly [number, number]>([3, 3], [2, 3], [3, 2], [1, 3], [3, 1]),
  fc.constantFrom(1, 2),
)

const reductionMutant = (
  layer: (rows: number, columns: number, axis: number, formulas: Partial<ReductionFormulas>) => Net,
  name: string,
  dInput: (x: Tensor, dOutput: Tensor, axis: number) => Tensor,
  expected: Expected = wrongGradient('input'),
): Mutant => ({
  name,
  layer: forms.map(([[rows, columns], axis]) =>
    layer(rows, columns, axis, {
      backward: (_, { x }, dOutput) => ({ dParams: {}, dInput: dInput(x, dOutput, axis) }),
    }),
  ),
  rows: 'rowwise',
  expected,
})

const tied: Expected = { laws: ['kinks', 'gradient'], tensor: 'input' }

/** The gradient along the other axis, where the sizes allow it. */
const alongOther = (dOutput: Tensor, x: Tensor, axis: number): Tensor =>
  along(dOutput, x, x.shape[1] === x.shape[2] ? 3 - axis : axis)

export const reductionMutants: readonly Mutant[] = [
  reductionMutant(
    maxOver,
    'max: every tie has the whole gradient',
    (x, d, axis) => mul(everyLargest(x, axis), along(d, x, axis)),
    tied,
  ),
  reductionMutant(
    maxOver,
    'max: ties have no gradient at all',
    (x, d, axis) => {
      const largest = everyLargest(x, axis)
      const count = along(sum(largest, { axes: axis }), x, axis)
      return mul(mul(largest, cast(equal(count, 1), x.dtype)), along(d, x, axis))
    },
    tied,
  ),
  reductionMutant(maxOver, 'max: the other axis where it is square', (x, d, axis) =>
    mul(firstLargest(x, axis), alongOther(d, x, axis)),
  ),
  reductionMutant(maxOver, 'max: axis 2 always', (x, d, axis) =>
    mul(x.shape[1] === x.shape[2] ? firstLargest(x, 2) : firstLargest(x, axis), along(d, x, axis)),
  ),
  reductionMutant(maxOver, 'max: the gradient goes to all', (x, d, axis) => along(d, x, axis)),
  reductionMutant(maxOver, 'max: the largest magnitude', (x, d, axis) =>
    mul(firstLargest(abs(x), axis), along(d, x, axis)),
  ),
  reductionMutant(
    maxOver,
    'max: no gradient where the largest is negative',
    (x, d, axis) =>
      mul(
        mul(firstLargest(x, axis), cast(equal(sign(along(max(x, { axes: axis }), x, axis)), 1), x.dtype)),
        along(d, x, axis),
      ),
    { laws: ['gradient', 'kinks'], tensor: 'input' },
  ),
  reductionMutant(
    maxOver,
    'max: near ties share',
    (x, d, axis) => {
      const near = cast(equal(sign(sub(along(max(x, { axes: axis }), x, axis), sub(x, -1e-3))), -1), x.dtype)
      return mul(div(near, along(sum(near, { axes: axis }), x, axis)), along(d, x, axis))
    },
    { laws: ['gradient', 'kinks'], tensor: 'input' },
  ),
  reductionMutant(meanOver, 'mean: not divided', (x, d, axis) => along(d, x, axis)),
  reductionMutant(meanOver, 'mean: divided by the other size', (x, d, axis) =>
    div(along(d, x, axis), x.shape[3 - axis] ?? 1),
  ),
  reductionMutant(meanOver, 'mean: divided by both sizes', (x, d, axis) =>
    div(along(d, x, axis), (x.shape[1] ?? 1) * (x.shape[2] ?? 1)),
  ),
  reductionMutant(meanOver, 'mean: the other axis where it is square', (x, d, axis) =>
    div(alongOther(d, x, axis), x.shape[axis] ?? 1),
  ),
  reductionMutant(
    meanOver,
    'mean: over N - 1',
    (x, d, axis) => div(along(d, x, axis), (x.shape[axis] ?? 1) - 1),
    {
      laws: ['gradient', 'finiteness', 'linearity'],
      tensor: 'input',
    },
  ),
]
