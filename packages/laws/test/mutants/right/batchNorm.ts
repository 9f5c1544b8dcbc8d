import {
  add,
  cast,
  div,
  initialConstant,
  initialZeros,
  layer,
  mul,
  ones,
  parameter,
  scalar,
  signature,
  sqrt,
  square,
  sub,
  sum,
  zeros,
  type Tensor,
} from '@pullback/core'
import type { Formulas } from './formulas.ts'
import { batchSize } from './softmaxCrossEntropy.ts'

export interface Running {
  readonly [name: string]: Tensor
  readonly mean: Tensor
  readonly variance: Tensor
}

export type BatchNormFormulas = Formulas<
  { readonly gain: Tensor; readonly bias: Tensor },
  { readonly normal: Tensor; readonly scale: Tensor; readonly coupled: Tensor },
  Tensor,
  Tensor,
  Running
>

/** The mean over the batch; 0 of an empty one. */
export const columnMean = (x: Tensor): Tensor => div(sum(x, { axes: 0 }), batchSize(x))

const kept = (old: Tensor, now: Tensor): Tensor => add(mul(old, 0.9), mul(cast(now, old.dtype), 0.1))

export const batchNormFormulas: BatchNormFormulas = {
  forward: ({ gain, bias }, x, { mode, state }) => {
    const training = mode === 'train'
    const mean = training ? columnMean(x) : cast(state.mean, x.dtype)
    const variance = training ? columnMean(square(sub(x, mean))) : cast(state.variance, x.dtype)
    const scale: Tensor = div(1, sqrt(add(variance, 1e-5)))
    const normal = mul(sub(x, mean), scale)
    return {
      output: add(mul(normal, gain), bias),
      cache: { normal, scale, coupled: scalar(training ? 1 : 0, x.dtype) },
      state: training ? { mean: kept(state.mean, mean), variance: kept(state.variance, variance) } : state,
    }
  },
  backward: ({ gain }, { normal, scale, coupled }, dOutput) => {
    const dNormal: Tensor = mul(dOutput, gain)
    const shared: Tensor = add(columnMean(dNormal), mul(normal, columnMean(mul(dNormal, normal))))
    return {
      dParams: { gain: sum(mul(dOutput, normal), { axes: 0 }), bias: sum(dOutput, { axes: 0 }) },
      dInput: mul(sub(dNormal, mul(shared, coupled)), scale),
    }
  },
}

/** Every column standardised over the batch, or, when predicting, by running means. */
export const batchNormWith = (size: number, formulas: Partial<BatchNormFormulas> = {}) => {
  const state: Running = { mean: zeros([size], 'float64'), variance: ones([size], 'float64') }
  return layer({
    kind: 'batchNorm',
    hyperparameters: { size },
    shape: signature(`batchNorm(${size})`, ['N', size], ['N', size]),
    params: { gain: parameter([size], initialConstant(1)), bias: parameter([size], initialZeros()) },
    state,
    ...batchNormFormulas,
    ...formulas,
  })
}
