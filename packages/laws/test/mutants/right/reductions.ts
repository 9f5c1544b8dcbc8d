import {
  argmax,
  broadcastTo,
  cast,
  div,
  equal,
  layer,
  max,
  mean,
  mul,
  oneHot,
  reshape,
  signature,
  transpose,
  type Tensor,
} from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type ReductionFormulas = Formulas<None, { readonly x: Tensor }>

/** What belongs to a reduced axis, repeated along it. */
export const along = (y: Tensor, x: Tensor, axis: number): Tensor =>
  broadcastTo(reshape(y, [...y.shape.slice(0, axis), 1, ...y.shape.slice(axis)]), x.shape)

/** A 1 at the first largest element along axis 1 or 2, 0 elsewhere. */
export const firstLargest = (x: Tensor, axis: number): Tensor => {
  const last = oneHot(argmax(x, axis), x.shape[axis] ?? 1, x.dtype)
  return axis === 2 ? last : transpose(last, [0, 2, 1])
}

/** A 1 at every largest element along an axis, 0 elsewhere. */
export const everyLargest = (x: Tensor, axis: number): Tensor =>
  cast(equal(x, max(x, { axes: axis, keepDims: true })), x.dtype)

const reduction = (kind: string, rows: number, columns: number, axis: number, formulas: ReductionFormulas) =>
  layer({
    kind,
    hyperparameters: { rows, columns, axis },
    shape: signature(
      `${kind}(${rows}, ${columns}, axis ${axis})`,
      ['N', rows, columns],
      ['N', axis === 1 ? columns : rows],
    ),
    params: {},
    ...formulas,
  })

/** The largest element along axis 1 or 2; of several, the first has the gradient. */
export const maxOver = (
  rows: number,
  columns: number,
  axis: number,
  formulas: Partial<ReductionFormulas> = {},
) =>
  reduction('maxOver', rows, columns, axis, {
    forward: (_, x) => ({ output: max(x, { axes: axis }), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: mul(firstLargest(x, axis), along(dOutput, x, axis)),
    }),
    ...formulas,
  })

/** The mean along axis 1 or 2. */
export const meanOver = (
  rows: number,
  columns: number,
  axis: number,
  formulas: Partial<ReductionFormulas> = {},
) =>
  reduction('meanOver', rows, columns, axis, {
    forward: (_, x) => ({ output: mean(x, { axes: axis }), cache: { x } }),
    backward: (_, { x }, dOutput) => ({
      dParams: {},
      dInput: div(along(dOutput, x, axis), x.shape[axis] ?? 1),
    }),
    ...formulas,
  })
