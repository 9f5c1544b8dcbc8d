import { div, exp, layer, log, max, mul, signature, sub, sum, type Tensor } from '@pullback/core'
import type { Formulas, None } from './formulas.ts'

export type SoftmaxFormulas = Formulas<None, { readonly p: Tensor }>

export const rowSum = (x: Tensor): Tensor => sum(x, { axes: 1, keepDims: true })
export const rowMax = (x: Tensor): Tensor => max(x, { axes: 1, keepDims: true })

export const probabilities = (x: Tensor): Tensor => {
  const powers = exp(sub(x, rowMax(x)))
  return div(powers, rowSum(powers))
}

const rows = (kind: string, classes: number, formulas: SoftmaxFormulas) =>
  layer({
    kind,
    hyperparameters: { classes },
    shape: signature(`${kind}(${classes})`, ['N', classes], ['N', classes]),
    params: {},
    ...formulas,
  })

/** The softmax of every row. */
export const softmaxWith = (classes: number, formulas: Partial<SoftmaxFormulas> = {}) =>
  rows('softmax', classes, {
    forward: (_, x) => {
      const p = probabilities(x)
      return { output: p, cache: { p } }
    },
    backward: (_, { p }, dOutput) => ({
      dParams: {},
      dInput: mul(p, sub(dOutput, rowSum(mul(dOutput, p)))),
    }),
    ...formulas,
  })

/** The logarithm of the softmax of every row. */
export const logSoftmaxWith = (classes: number, formulas: Partial<SoftmaxFormulas> = {}) =>
  rows('logSoftmax', classes, {
    forward: (_, x) => {
      const shifted = sub(x, rowMax(x))
      return { output: sub(shifted, log(rowSum(exp(shifted)))), cache: { p: probabilities(x) } }
    },
    backward: (_, { p }, dOutput) => ({ dParams: {}, dInput: sub(dOutput, mul(p, rowSum(dOutput))) }),
    ...formulas,
  })
